"""What happens in a rehearsed year besides what the rules make happen: turns, each at its instant."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from convener.decide.changes.registers import expected, read_row
from convener.decide.stage.happenings import Attended, Happening
from convener.decide.stage.play import Stage
from convener.errors import Place
from convener.operations.scenarios.suite import RegisterIn

_numbers = count()


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """Something that is to happen at *at*; those of one instant happen in the order they were made."""

    at: datetime
    happen: Callable[[Stage], Iterable[Happening]] = field(compare=False)
    """Says what happens, as things stand then; nothing when it no longer makes sense. May raise UsageError."""
    place: Place | None = field(default=None, compare=False)
    """Where somebody wrote it; None for what is made up."""
    number: int = field(default_factory=lambda: next(_numbers))


def same(happening: Happening, _stage: Stage) -> list[Happening]:
    """Return *happening* whatever has come of the stage."""
    return [happening]


def whole(register: RegisterIn, stage: Stage) -> list[Happening]:
    """Return *register* as it comes in, with a status for everybody it does not name if it has one for them."""
    session = stage.register.sessions[register.session]
    members = expected(stage.register, stage.prepared.ruleset, session) if register.others else []
    statuses = {**dict.fromkeys(members, register.others), **register.statuses}
    return [Attended(session=register.session, statuses=statuses)]


def from_row(values: Mapping[str, str], stage: Stage) -> list[Happening]:
    """Return what one row of a register file says; raise UsageError when it cannot be understood."""
    row = read_row(stage.register, stage.prepared.ruleset, values, at=stage.now, source="")
    seen = {row.person: row.engagement} if row.engagement is not None else {}
    return [Attended(session=row.session, statuses={row.person: row.status}, engagement=seen)]
