"""The test kit of plugin authors, as type checkers read it; never run."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

from convener import (
    ConvenerError,
    FactScene,
    Messenger,
    Parcel,
    PluginFact,
    Polls,
    Register,
    ReportSink,
    RosterSource,
    RuleKind,
    Table,
)
from convener.testing import (
    FIRST_DAY,
    FactContract,
    KindContract,
    MemoryMessenger,
    MemoryPolls,
    MemoryRoster,
    MemorySink,
    MessengerContract,
    RosterContract,
    a_mail,
    a_register,
    a_text,
    an_invite,
)


class TestMine(MessengerContract):
    """A contract is subclassed with the types of one's own connector."""

    def kind(self) -> type[MemoryMessenger]:
        """Return the class."""
        return MemoryMessenger

    def make(self, workspace: Path) -> MemoryMessenger:
        """Return a messenger."""
        return MemoryMessenger(workspace=workspace)

    def arrived(self) -> Collection[str]:
        """Return nothing."""
        return ()


class TestPeople(RosterContract):
    """The contract of a roster."""

    def make(self, workspace: Path, grid: Sequence[Sequence[str]]) -> tuple[MemoryRoster, str]:
        """Return a roster and its path."""
        return MemoryRoster(), "people"


class TestSeats(FactContract):
    """The contract of a fact."""

    def offered(self) -> PluginFact:
        """Return no fact."""
        raise NotImplementedError

    def known(self) -> Iterator[tuple[FactScene, object]]:
        """Yield nothing."""
        yield from ()


class TestRoom(KindContract):
    """The contract of a kind."""

    def offered(self) -> RuleKind:
        """Return no kind."""
        raise NotImplementedError

    def terms(self) -> dict[str, object]:
        """Return the keys of a rule."""
        return {"chairs": 3}

    def kept(self) -> tuple[Register, date]:
        """Return a register."""
        return a_register({"north": ["ana"]}, zones={"ana": "Europe/London"}), FIRST_DAY

    def broken(self) -> tuple[Register, date]:
        """Return another."""
        return a_register(), FIRST_DAY


def twins(messenger: MemoryMessenger, roster: MemoryRoster) -> tuple[Messenger, RosterSource, Polls, ReportSink]:
    """Serve the ports that the twins stand in for."""
    assert_type(messenger.sent, list[Parcel])
    assert_type(messenger.failures, deque[ConvenerError | None])
    assert_type(messenger.arrived, Mapping[str, Parcel])
    assert_type(messenger.send(a_mail()), str)
    assert_type(roster.rosters, dict[str, Table])
    assert_type((a_mail(), a_text(), an_invite()), tuple[Parcel, Parcel, Parcel])
    return messenger, roster, MemoryPolls(), MemorySink()


def refused(messenger: MemoryMessenger) -> None:
    """Stay an error."""
    messenger.send("hello")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] # a parcel, not a text
