"""Open findings, kept from one decision to the next as long as what they are measured on stays as it is.

A programme is decided over many times between two changes of its register, and most of what its rules measure does
not depend on the hour. What each measure looks at is said here; all others are measured anew each time.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from convener.decide.findings import Finding, Ground
from convener.decide.findings.calendar import calendar
from convener.decide.findings.oversight import attendance, deadlines, quorums, registers
from convener.decide.findings.seating import seating
from convener.decide.keeping import KEPT, Same
from convener.rulesets.ruleset import Ruleset

Measure = Callable[[Ground], Iterator[Finding]]
_PLACED = ("people", "coaches", "enrolments", "memberships", "managements", "coachings", "pods")
"""The parts of a register that say who sits where."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a measure looks at."""

    parts: tuple[str, ...]
    """Parts of the register."""
    by_turn: bool = False
    """Whether it matters who is there on the day asked about; its findings are about that day."""
    by_time: bool = False
    """Whether it matters when sessions are, and not what has become of them."""
    by_start: bool = False
    """Whether it matters which sessions have begun."""
    by_deadline: bool = False
    """Whether it matters which registers are due."""


_BASES: Mapping[Measure, _Basis] = {
    calendar: _Basis(_PLACED, by_time=True),
    seating: _Basis(_PLACED, by_turn=True),
    attendance: _Basis((*_PLACED, "sessions", "attendance"), by_turn=True, by_start=True),
    registers: _Basis((*_PLACED, "sessions", "attendance"), by_turn=True, by_deadline=True),
    quorums: _Basis((*_PLACED, "sessions", "attendance"), by_start=True),
}
_FORESEEING = "timezone-overlap"
"""The kind of rule about who sits together that looks at the weeks ahead of the day asked about."""


@dataclass(slots=True)
class _Shelf:
    """What one measure last came to, and when that was asked."""

    asked: tuple[object, ...] = ()
    day: date | None = None
    found: tuple[Finding, ...] = ()
    """Those that are open: most of what is measured is kept, and nobody asks for it again."""


@lru_cache(maxsize=len(_BASES) * KEPT)
def _shelf(_: Same) -> _Shelf:
    return _Shelf()


def open_findings(measures: Iterable[Measure], ground: Ground) -> list[Finding]:
    """Return what *measures* find broken on *ground*, or perhaps broken, in order; the same as when each is asked."""
    found: list[Finding] = []
    for measure in measures:
        basis = None if ground.commitments or ground.only else _BASES.get(measure)
        found += _kept(measure, basis, ground) if basis else _open(measure, ground)
    return found


def _open(measure: Measure, ground: Ground) -> tuple[Finding, ...]:
    return tuple(each for each in measure(ground) if each.is_open)


def _kept(measure: Measure, basis: _Basis, ground: Ground) -> tuple[Finding, ...]:
    shelf = _shelf(Same(measure, ground.prepared, *(getattr(ground.register, name) for name in basis.parts)))
    asked = (
        ground.index.turned(ground.at) if basis.by_turn else 0,
        ground.index.times() if basis.by_time else (),
        ground.index.begun(ground.at) if basis.by_start else 0,
        bisect_left(deadlines(ground.prepared, ground.index), ground.at) if basis.by_deadline else 0,
        ground.day if basis.by_turn and _foresees(ground.ruleset) else None,
    )
    if asked != shelf.asked:
        shelf.asked, shelf.found = asked, _open(measure, ground)
    elif shelf.day != ground.day:
        shelf.found = tuple(
            replace(each, day=ground.day) if basis.by_turn or each.by_degree else each for each in shelf.found
        )
    shelf.day = ground.day
    return shelf.found


def _foresees(ruleset: Ruleset) -> bool:
    layers = (ruleset.rules, *ruleset.pod_rules.values())
    return any(rule.kind == _FORESEEING for rules in layers for rule in rules.values())
