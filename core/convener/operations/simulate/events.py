"""Reads an events file: what is to happen in a rehearsed year, at which moment, in the words of a test's steps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from convener.decide import Prepared
from convener.decide.changes.registers import read_row
from convener.decide.moments.timing import wall
from convener.decide.stage.happenings import Answered, GoLive, Happening
from convener.documents import Frozen, Spot, quoted, read_document, validate
from convener.errors import ConvenerError, InvalidError, Place, Problem, UsageError
from convener.model import Register
from convener.operations.scenarios.suite import RegisterIn
from convener.operations.scenarios.tables import HappeningTable
from convener.operations.simulate.naming import EventReader
from convener.operations.simulate.turns import Turn, from_row, same, whole
from convener.ports import Table

COLUMNS = ("email", "session", "status")


class EventTable(HappeningTable):
    """`[[events]]`: a moment and the one thing that happens then."""

    register_: str | None = Field(default=None, alias="register")
    """A register file as `attendance import` takes it; its path is seen from the events file."""

    HAPPENINGS: ClassVar[tuple[str, ...]] = (*HappeningTable.HAPPENINGS, "register_")


class EventsFile(Frozen):
    """An events file."""

    schema_: Literal[1] = Field(alias="schema")
    events: tuple[EventTable, ...] = Field(default=(), max_length=5000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an events file says will happen."""

    turns: tuple[Turn, ...] = ()
    sessions: frozenset[str] = frozenset()
    """Ids of sessions whose register it brings; nobody makes up another."""
    answers: frozenset[tuple[str, str, str]] = frozenset()
    """Polls, subjects and ids of persons whose answer it brings."""
    goes_live: bool = False
    """Whether it says when a draft goes live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an events file is read against."""

    prepared: Prepared
    register: Register
    since: datetime
    until: datetime
    read_register: Callable[[Path], Table]
    """Reads a register file."""


def read_events(path: Path, ground: Ground) -> Recorded:
    """Read the events file at *path*; raise InvalidError with everything that is wrong with it, by place."""
    document = read_document(path)
    file, problems = validate(EventsFile, document.data, Spot(document))
    if file is None:
        raise InvalidError(problems)
    reading = _Reading(ground, path.parent)
    for index, table in enumerate(file.events):
        reading.event(table, Spot(document) / "events" / index)
    found = (*reading.problems, *reading.reader.names.problems)
    if found:
        raise InvalidError(tuple(sorted(found, key=lambda problem: (problem.place, problem.code))))
    return reading.recorded


@dataclass(slots=True)
class _Reading:
    """One file on its way."""

    ground: Ground
    folder: Path
    reader: EventReader = field(init=False)
    recorded: Recorded = field(default_factory=Recorded)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reader = EventReader.of(self.ground.prepared, self.ground.register)

    def event(self, table: EventTable, spot: Spot) -> None:
        """Read one event; a problem is kept."""
        at = wall(table.at.date(), table.at.time(), self.ground.prepared.ruleset.zone)
        if not self.ground.since <= at <= self.ground.until:
            where = "before the simulation begins" if at < self.ground.since else "after the simulation ends"
            self._refuse("out-of-range", f"{table.at:%Y-%m-%d %H:%M} is {where}", spot.value_place("at"))
        elif table.happening is None:
            known = ", ".join(key.strip("_") for key in EventTable.HAPPENINGS)
            self._refuse("missing-key", "nothing happens here", spot.place(), f"add one of: {known}")
        elif table.register_ is not None:
            self._register(table.register_, at, spot / "register")
        else:
            self._happening(table, at, spot)

    def _happening(self, table: EventTable, at: datetime, spot: Spot) -> None:
        happening = self.reader.read(table, spot)
        place = spot.place()
        if isinstance(happening, RegisterIn):
            self._add(Turn(at, partial(whole, happening), place), sessions={happening.session})
        elif happening is not None:
            self._add(Turn(at, partial(same, happening), place), happening=happening)

    def _register(self, name: str, at: datetime, spot: Spot) -> None:
        """Read a register file: a turn for each row."""
        try:
            table = self.ground.read_register(self.folder / name)
        except ConvenerError as error:
            self._refuse("unreadable-file", str(error), spot.value_place(), error.hint)
            return
        absent = [quoted(column) for column in COLUMNS if column not in table.header]
        if absent:
            self._refuse("missing-column", f"{name} has no column {' and no column '.join(absent)}", spot.value_place())
            return
        for row in table.rows:
            place = Place(table.source, row.line)
            self._add(Turn(at, partial(from_row, row.values), place), sessions=set(self._session(row.values)))

    def _session(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield the session that a row of a register means, if that can be told today."""
        ground = self.ground
        ends = [session.ends for session in ground.register.sessions.values() if session.ends]
        try:
            known = {key: value for key, value in values.items() if key in ("email", "session", "status")}
            yield read_row(ground.register, ground.prepared.ruleset, known, at=max(ends), source="").session
        except (UsageError, ValueError):
            return

    def _add(self, turn: Turn, *, sessions: set[str] | None = None, happening: Happening | None = None) -> None:
        known = self.recorded
        answers = {(happening.poll, happening.subject, happening.person)} if isinstance(happening, Answered) else set()
        self.recorded = replace(
            known,
            turns=(*known.turns, turn),
            sessions=known.sessions | (sessions or set()),
            answers=known.answers | answers,
            goes_live=known.goes_live or isinstance(happening, GoLive),
        )

    def _refuse(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint))
