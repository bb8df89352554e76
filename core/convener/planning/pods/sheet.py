"""The CP-SAT model of who sits with whom: seats, coaches and every rule of pods.

Costs add up: for each flexible rule its weight times its units. Units by kind:
`pod-size` people by which a pod lies outside min..max; `same` members whose value differs from the pod's most
common one; `mix` pairs in one pod that share the value; `similar` distance of a pair in the sorted order of
values, summed over pairs in one pod; `apart` and `together` pairs that are not as asked; `timezone-overlap`
pairs of zones in one pod, the coach's included, that share too little; `coach-load` pods beyond what their coach
still has room for; `coach-accredited` pods whose coach lacks something. Several columns of one rule add up, and so
do several rules of one kind. A value that is missing counts nowhere. A rule under audit weighs like a flexible one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame
from convener.planning.search import Term, total
from convener.rulesets.ruleset import Rule

FEW = 12
"""Frames up to which ordering them helps a proof; of more it only stands in the way of finding anything."""


@dataclass(slots=True, kw_only=True)
class Sheet:
    """Variables of one model."""

    question: PodQuestion
    frames: Sequence[Frame]
    optional: bool
    """Whether frames may stay empty."""
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    seats: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    """Whether a person sits in a frame."""
    sizes: list[Term] = field(default_factory=list)
    used: list[Term] = field(default_factory=list)
    coaching: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    """Whether a coach takes a frame."""
    costs: list[Term] = field(default_factory=list)

    @property
    def people(self) -> list[str]:
        """Everyone who has a seat here, sorted."""
        return sorted({person for frame in self.frames for person in frame.people})

    def sits(self, person: str, frame: int) -> Term:
        """Return the variable that tells whether *person* sits in *frame*, 0 where they may not."""
        return self.seats.get((person, frame), 0)

    def members(self, solver: cp_model.CpSolver) -> tuple[tuple[str, ...], ...]:
        """Return who sits in each frame as *solver* found it."""
        return tuple(
            tuple(person for person in frame.people if solver.boolean_value(self.seats[person, at]))
            for at, frame in enumerate(self.frames)
        )

    def flag(self) -> cp_model.IntVar:
        """Return a new yes-or-no variable."""
        return self.model.new_bool_var("")

    def count(self, most: int) -> cp_model.IntVar:
        """Return a new whole number from 0 to *most*."""
        return self.model.new_int_var(0, most, "")

    def charge(self, rule: Rule, units: Term) -> None:
        """Add the rule's weight for each of *units* to the cost."""
        self.costs.append(units * rule.weight)

    def pairs(self, members: Term, most: int) -> cp_model.IntVar:
        """Return at least the number of pairs among *members* (exactly, when it is minimised), up to *most* people."""
        pairs = self.count(most * (most - 1) // 2)
        for at in range(1, most):
            self.model.add(pairs >= at * members - at * (at + 1) // 2)
        return pairs


def lay_out(question: PodQuestion, frames: Sequence[Frame], *, optional: bool) -> Sheet:
    """Make the seats: everyone sits once, sizes hold, a few interchangeable frames are ordered by their first member.

    Frames are not interchangeable where they stand for pods of today.
    """
    sheet = Sheet(question=question, frames=frames, optional=optional)
    for at, frame in enumerate(frames):
        for person in frame.people:
            sheet.seats[person, at] = sheet.flag()
        size = total([sheet.seats[person, at] for person in frame.people])
        used: Term = sheet.flag() if optional else 1
        sheet.model.add(size >= frame.least * used)
        sheet.model.add(size <= frame.most * used)
        sheet.sizes.append(size)
        sheet.used.append(used)
    places: dict[str, list[cp_model.IntVar]] = {}
    for (person, _), seat in sheet.seats.items():
        places.setdefault(person, []).append(seat)
    for seats in places.values():
        sheet.model.add_exactly_one(seats)
    for at in range(1, len(frames)):
        if frames[at] == frames[at - 1] and not question.standing:
            _order(sheet, at)
    if question.coached:
        _coaches(sheet)
    return sheet


def _order(sheet: Sheet, at: int) -> None:
    if sheet.optional:
        sheet.model.add(sheet.used[at] <= sheet.used[at - 1])
    if len(sheet.frames) > FEW:
        return
    before: list[cp_model.IntVar] = []
    for person in sheet.frames[at].people:
        sheet.model.add(sheet.seats[person, at] <= total(before))
        before.append(sheet.seats[person, at - 1])


def _coaches(sheet: Sheet) -> None:
    taken: list[list[cp_model.IntVar]] = [[] for _ in sheet.frames]
    for carrier in sheet.question.carriers:
        takes = [sheet.flag() for _ in sheet.frames]
        for at, take in enumerate(takes):
            sheet.coaching[carrier.id, at] = take
            taken[at].append(take)
        if carrier.room is not None:
            sheet.model.add(total(takes) <= carrier.room)
    for flags, used in zip(taken, sheet.used, strict=True):
        sheet.model.add(total(flags) == used)
