"""Every slot as one pod sees it: who can come, how far it falls short of each rule, what it costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convener.model import Coaching, Membership
from convener.planning.dates.question import ABSENT, IF_NEEDED, PodDates
from convener.planning.dates.series import IntArray
from convener.planning.dates.slots import BoolArray, Grid
from convener.rulesets.kinds import Blackout, CoachLoad, Holidays, Notice, Quorum, SessionWindow
from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Who belongs to a pod at each slot."""

    grid: Grid
    members: tuple[str, ...]
    here: BoolArray
    """(members, slots) whether each is a member on that day."""
    coaches: tuple[str, ...]
    leads: BoolArray
    """(coaches, slots) whether each is the coach on that day."""

    @classmethod
    def of(cls, grid: Grid, pod: PodDates) -> "Party":
        """Lay out who belongs to *pod* when."""
        members = sorted({row.person for row in pod.memberships})
        coaches = list(dict.fromkeys(row.coach for row in pod.coachings))
        here = _holding(grid, [(members.index(row.person), row) for row in pod.memberships], len(members))
        leads = _holding(grid, [(coaches.index(row.coach), row) for row in pod.coachings], len(coaches))
        return cls(grid, tuple(members), here, tuple(coaches), leads)

    @property
    def size(self) -> IntArray:
        """(slots,) number of members."""
        return np.asarray(self.here.sum(axis=0, dtype=np.int64))

    @property
    def can(self) -> IntArray:
        """(slots,) number of members who can come."""
        return self._members([self.grid.said(person) > 0 for person in self.members])

    @property
    def if_needed(self) -> IntArray:
        """(slots,) members, and the coach, who can come only if needed."""
        mild = self._members([self.grid.said(person) == 1 for person in self.members])
        return mild + self._coach([self.grid.said(coach) == 1 for coach in self.coaches])

    @property
    def led(self) -> BoolArray:
        """(slots,) whether there is a coach who can come."""
        return self._coach([self.grid.said(coach) > 0 for coach in self.coaches]) > 0

    @property
    def elsewhere(self) -> BoolArray:
        """(slots,) whether the coach is away or engaged, or a member is engaged elsewhere."""
        counts = self._coach([self.grid.away(coach) for coach in self.coaches])
        busy = [at for at, person in enumerate(self.members) if person in self.grid.question.engaged]
        for at in busy:
            counts = counts + (self.grid.away(self.members[at]) & self.here[at])
        return np.asarray(counts > 0)

    def _members(self, each: Sequence[BoolArray]) -> IntArray:
        return _count(self.here, each)

    def _coach(self, each: Sequence[BoolArray]) -> IntArray:
        return _count(self.leads, each)

    def needed(self, terms: Quorum) -> IntArray:
        """(slots,) number of members a quorum asks for."""
        size = self.size
        needed = np.array([terms.needed(count) for count in range(int(size.max(initial=0)) + 1)], dtype=np.int64)
        return np.asarray(needed[size])

    def quorum(self, terms: Quorum) -> IntArray:
        """(slots,) members short, and 1 for a coach who must come and cannot."""
        short = np.maximum(self.needed(terms) - self.can, 0)
        return np.asarray(short + ~self.led) if terms.coach else short

    def window(self, terms: SessionWindow) -> IntArray:
        """(slots,) members on whose clock it lies outside, or 1 on the programme's."""
        question = self.grid.question
        if terms.zone == "programme":
            return self.grid.outside(terms, question.ruleset.zone).astype(np.int64)
        return self._members([self.grid.outside(terms, question.zone(person)) for person in self.members])

    def blackout(self, terms: Blackout) -> IntArray:
        """(slots,) 1 on a closed day."""
        return self.grid.blacked_out(terms).astype(np.int64)

    def holidays(self, terms: Holidays) -> IntArray:
        """(slots,) calendars of the programme, and people with one of their own, on holiday."""
        question = self.grid.question
        counts = np.zeros(len(self.grid), dtype=np.int64)
        for code in (question.ruleset.holidays, *terms.also):
            counts += self.grid.holiday(code, question.ruleset.zone)
        return (
            counts
            + self._members([self._resting(person) for person in self.members])
            + self._coach([self._resting(coach) for coach in self.coaches])
        )

    def _resting(self, person: str) -> BoolArray:
        known = self.grid.question.register.people.get(person)
        return self.grid.holiday(known.holidays if known else "", self.grid.question.zone(person))

    def notice(self, terms: Notice) -> IntArray:
        """(slots,) 1 when it would begin too soon from now."""
        return self.grid.short_notice(terms).astype(np.int64)

    def load(self, terms: CoachLoad) -> IntArray:
        """(slots,) sessions of the coach on that day above what they may have, as far as agreed to already."""
        most = terms.max_sessions_per_day
        counts = np.zeros(len(self.grid), dtype=np.int64)
        for at, coach in enumerate(self.coaches if most is not None else ()):
            counts += np.where(self.leads[at], np.maximum(self.grid.agreed(coach) + 1 - (most or 0), 0), 0)
        return counts


def _holding(grid: Grid, rows: Sequence[tuple[int, Membership | Coaching]], count: int) -> BoolArray:
    found = np.zeros((count, len(grid)), dtype=np.bool_)
    for at, row in rows:
        until = row.until.toordinal() if row.until else np.iinfo(np.int64).max
        found[at] |= (grid.days >= row.since.toordinal()) & (grid.days < until)
    return found


def _count(present: BoolArray, each: Sequence[BoolArray]) -> IntArray:
    if not each:
        return np.zeros(present.shape[1], dtype=np.int64)
    return np.asarray((np.stack(each) & present).sum(axis=0, dtype=np.int64))


UNITS: Mapping[type, Callable[[Party, Any], IntArray]] = {
    Quorum: Party.quorum,
    SessionWindow: Party.window,
    Blackout: Party.blackout,
    Holidays: Party.holidays,
    Notice: Party.notice,
    CoachLoad: Party.load,
}
"""How far each slot falls short of a rule of each kind, 0 where it keeps it."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Every slot as one pod sees it, in numbers."""

    pod: PodDates
    party: Party
    units: Mapping[str, tuple[Rule, IntArray]]
    """For each rule the slots fall short of, by id."""
    answers: IntArray
    """(slots,) cost of people's answers."""
    elsewhere: BoolArray
    """(slots,) what nothing can lift: the coach away, or somebody engaged elsewhere."""

    @property
    def cost(self) -> IntArray:
        """(slots,) what each costs by answers and flexible rules."""
        soft = [rule.weight * units for rule, units in self.units.values() if not rule.inflexible]
        return self.answers + np.sum(soft, axis=0) if soft else self.answers

    @property
    def hurry(self) -> IntArray:
        """(slots,) the part of the cost that a session which has its date already does not pay."""
        found = np.zeros_like(self.answers)
        for rule, units in self.units.values():
            if isinstance(rule.terms, Notice) and not rule.inflexible:
                found += rule.weight * units
        return found

    @property
    def allowed(self) -> BoolArray:
        """(slots,) whether no inflexible rule forbids it."""
        free = ~self.elsewhere
        for rule, units in self.units.values():
            if rule.inflexible:
                free = free & (units == 0)
        return free


def judge(grid: Grid, pod: PodDates) -> Judged:
    """Judge every slot by every rule in force for *pod*."""
    party = Party.of(grid, pod)
    rules = grid.question.rules(pod)
    units = {
        name: (rule, UNITS[type(rule.terms)](party, rule.terms))
        for name, rule in rules.items()
        if type(rule.terms) in UNITS
    }
    answers = ABSENT * (party.size - party.can) + IF_NEEDED * party.if_needed
    return Judged(pod, party, units, answers, party.elsewhere)


def quorums(judged: Judged, *, declared: bool = False) -> dict[str, Quorum]:
    """Return the quorums of a pod: the inflexible ones, or with *declared* every one."""
    rules = {name: rule for name, (rule, _) in judged.units.items() if rule.inflexible or declared}
    return {name: rule.terms for name, rule in rules.items() if isinstance(rule.terms, Quorum)}
