"""The in-memory twins keep the contracts of their ports."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

import pytest

from convener.errors import RetryError
from convener.testing import (
    CalendarContract,
    LookupContract,
    MemoryLookup,
    MemoryMessenger,
    MemoryPolls,
    MemoryRoster,
    MemorySink,
    PollsContract,
    ReportSinkContract,
    RosterContract,
    a_mail,
    table_of,
)

Grid = Sequence[Sequence[str]]


def read(grid: Grid) -> list[list[str]]:
    """Return *grid* as a reader cleans it."""
    return [[normalize("NFC", cell).strip() for cell in row] for row in grid]


class TestMessenger(CalendarContract):
    """A messenger in memory."""

    def kind(self) -> type[MemoryMessenger]:
        """Return the class under contract."""
        return MemoryMessenger

    def make(self, workspace: Path) -> MemoryMessenger:
        """Return an empty one."""
        self.messenger = MemoryMessenger()
        return self.messenger

    def arrived(self) -> Collection[str]:
        """Return what it holds."""
        return self.messenger.arrived


class TestLookup(LookupContract):
    """A messenger in memory that tells what it holds."""

    @pytest.fixture(autouse=True)
    def memory(self) -> None:
        """Give each test one other side, however many connectors reach it."""
        self.messenger = MemoryLookup()

    def kind(self) -> type[MemoryLookup]:
        """Return the class under contract."""
        return MemoryLookup

    def make(self, workspace: Path) -> MemoryLookup:
        """Return the one there is."""
        return self.messenger

    def arrived(self) -> Collection[str]:
        """Return what it holds."""
        return [parcel.message_id for parcel in self.messenger.sent]


class TestRoster(RosterContract):
    """People in memory."""

    def kind(self) -> type[MemoryRoster]:
        """Return the class under contract."""
        return MemoryRoster

    def make(self, workspace: Path, grid: Grid) -> tuple[MemoryRoster, str]:
        """Return a source that holds the grid; blank rows keep their line."""
        source = MemoryRoster()
        header, *rows = read(grid)
        whole = table_of("people", header, rows)
        kept = tuple(row for row in whole.rows if any(row.values.values()))
        source.rosters["people"] = type(whole)(source=whole.source, header=whole.header, rows=kept)
        return source, "people"


class TestPolls(PollsContract):
    """Answers in memory."""

    def kind(self) -> type[MemoryPolls]:
        """Return the class under contract."""
        return MemoryPolls

    def make(self, workspace: Path, answers: Mapping[tuple[str, str], Grid]) -> MemoryPolls:
        """Return a source that holds the answers."""
        source = MemoryPolls()
        source.answers |= {scope: table_of("answers", grid[0], grid[1:]) for scope, grid in answers.items()}
        return source


class TestSink(ReportSinkContract):
    """Reports in memory."""

    def kind(self) -> type[MemorySink]:
        """Return the class under contract."""
        return MemorySink

    def make(self, workspace: Path) -> MemorySink:
        """Return an empty one."""
        self.sink = MemorySink()
        return self.sink

    def published(self, place: str) -> bytes:
        """Return what it holds."""
        return self.sink.published[place].files["html"]


def test_a_messenger_fails_as_it_was_told() -> None:
    """Failures are raised in order, None lets one through, then everything passes."""
    messenger = MemoryMessenger()
    messenger.failures.extend([None, RetryError("busy")])

    messenger.send(a_mail())
    with pytest.raises(RetryError, match="busy"):
        messenger.send(a_mail())
    messenger.send(a_mail())

    assert 2 == len(messenger.sent)
    assert 1 == len(messenger.arrived)
