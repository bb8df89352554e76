"""The test kit of plugin authors, as type checkers read it; never run."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import assert_type

from convener import ConvenerError, Messenger, Parcel, Polls, ReportSink, RosterSource, Table
from convener.testing import (
    MemoryMessenger,
    MemoryPolls,
    MemoryRoster,
    MemorySink,
    MessengerContract,
    RosterContract,
    a_mail,
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
