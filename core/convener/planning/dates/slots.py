"""What a slot means to a pod: which rules forbid it, and what it costs by each of the others."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from convener.model import Answer
from convener.planning.dates.question import ABSENT, ANSWERS, IF_NEEDED, DatesQuestion, PodDates, Stretch
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Blackout, CoachLoad, Holidays, Quorum, SessionWindow
from convener.rulesets.ruleset import Rule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = ""
"""Stands for what no rule can lift: a coach is never in two places, nor called on while away."""


@dataclass(frozen=True, slots=True)
class Node:
    """One slot as one pod sees it."""

    starts: datetime
    ends: datetime
    day: int
    """Ordinal of the programme's date."""
    form: tuple[str, ...] = ()
    """Week of the month, weekday and time of day, for the pattern."""
    slot: int = -1
    """Index of the slot, -1 for a session that keeps its date."""
    costs: dict[str, int] = field(default_factory=dict[str, int])
    broken: frozenset[str] = frozenset()
    """Inflexible rules that forbid it."""

    @property
    def cost(self) -> int:
        """Sum of its costs."""
        return sum(self.costs.values())


def node_of(question: DatesQuestion, stretch: Stretch) -> Node:
    """Return the node of a session that keeps its date."""
    local = question.local(stretch[0])
    return Node(stretch[0], stretch[1], local.toordinal(), _form(local))


def _form(local: datetime) -> tuple[str, ...]:
    return (str((local.day - 1) // 7 + 1), WEEKDAYS[local.weekday()], f"{local:%H:%M}")


def nodes_of(question: DatesQuestion, pod: PodDates) -> list[Node]:
    """Return every slot as *pod* sees it, in order of time."""
    return [_judge(question, pod, at) for at in range(len(question.slots))]


def _judge(question: DatesQuestion, pod: PodDates, at: int) -> Node:
    slot = question.slots[at]
    units = {rule.id: (rule, _units(question, pod, rule, at)) for rule in _rules(question, pod)}
    broken = {name for name, (rule, count) in units.items() if rule.inflexible and count}
    costs = {name: rule.weight * count for name, (rule, count) in units.items() if count and not rule.inflexible}
    costs[ANSWERS] = _answers(question, pod, at)
    if pod.coach and _taken(question, pod.coach, (slot.starts, slot.ends)):
        broken.add(ALWAYS)
    local = question.local(slot.starts)
    return Node(slot.starts, slot.ends, local.toordinal(), _form(local), at, costs, frozenset(broken))


def _rules(question: DatesQuestion, pod: PodDates) -> list[Rule]:
    rules = {**question.ruleset.rules, **question.ruleset.pod_rules.get(pod.name, {})}
    return [rule for rule in rules.values() if type(rule.terms) in UNITS]


def _units(question: DatesQuestion, pod: PodDates, rule: Rule, at: int) -> int:
    return UNITS[type(rule.terms)](question, pod, rule.terms, at)


def members(question: DatesQuestion, pod: PodDates, at: int) -> list[str]:
    """Return the members of *pod* on the date of a slot."""
    return pod.members(question.day(question.slots[at].starts))


def coming(question: DatesQuestion, pod: PodDates, at: int) -> list[str]:
    """Return the members who can come to a slot."""
    return [person for person in members(question, pod, at) if question.answer(person, at) is not Answer.NO]


def _answers(question: DatesQuestion, pod: PodDates, at: int) -> int:
    here = members(question, pod, at)
    asked = [*here, *([pod.coach] if pod.coach else [])]
    needed = sum(question.answer(person, at) is Answer.IF_NEEDED for person in asked)
    return ABSENT * (len(here) - len(coming(question, pod, at))) + IF_NEEDED * needed


def _quorum(question: DatesQuestion, pod: PodDates, terms: Quorum, at: int) -> int:
    short = max(terms.needed(len(members(question, pod, at))) - len(coming(question, pod, at)), 0)
    lacks = terms.coach and (pod.coach is None or question.answer(pod.coach, at) is Answer.NO)
    return short + int(lacks)


def _window(question: DatesQuestion, pod: PodDates, terms: SessionWindow, at: int) -> int:
    slot = question.slots[at]
    if terms.zone == "programme":
        return int(not inside(terms, question.local(slot.starts), question.local(slot.ends)))
    zones = [question.zone(person) for person in members(question, pod, at)]
    return sum(not inside(terms, question.local(slot.starts, z), question.local(slot.ends, z)) for z in zones)


def inside(terms: SessionWindow, starts: datetime, ends: datetime) -> bool:
    """Tell whether a session from *starts* to *ends* on one wall clock lies in the window."""
    if starts.date() != ends.date() or WEEKDAYS[starts.weekday()] not in terms.days:
        return False
    return terms.between[0] <= starts.time() and ends.time() <= terms.between[1]


def _blackout(question: DatesQuestion, pod: PodDates, terms: Blackout, at: int) -> int:
    day = question.day(question.slots[at].starts)
    return int(any(day in span for span in terms.dates))


def _holidays(question: DatesQuestion, pod: PodDates, terms: Holidays, at: int) -> int:
    starts = question.slots[at].starts
    everywhere = [code for code in (question.ruleset.holidays, *terms.also) if code]
    count = sum(_is_holiday(code, question.day(starts)) for code in everywhere)
    for person in (*members(question, pod, at), *([pod.coach] if pod.coach else [])):
        known = question.register.people.get(person)
        if known and known.holidays:
            count += _is_holiday(known.holidays, question.local(starts, question.zone(person)).date())
    return count


def _is_holiday(code: str, day: date) -> bool:
    return day in holiday_dates(code, day.year, day.year)


def _coach_load(question: DatesQuestion, pod: PodDates, terms: CoachLoad, at: int) -> int:
    if terms.max_sessions_per_day is None or pod.coach is None:
        return 0
    zone = question.zone(pod.coach)
    day = question.local(question.slots[at].starts, zone).date()
    same_day = sum(question.local(starts, zone).date() == day for starts, _ in question.engaged.get(pod.coach, ()))
    return max(same_day + 1 - terms.max_sessions_per_day, 0)


def _taken(question: DatesQuestion, coach: str, stretch: Stretch) -> bool:
    starts, ends = stretch
    zone = question.zone(coach)
    days = (question.local(starts, zone).date(), question.local(ends, zone).date())
    known = question.register.coaches.get(coach)
    if known and any(away.first <= days[1] and days[0] <= away.last for away in known.away):
        return True
    return any(begin < ends and starts < end for begin, end in question.engaged.get(coach, ()))


UNITS: dict[type, Callable[[DatesQuestion, PodDates, Any, int], int]] = {
    Quorum: _quorum,
    SessionWindow: _window,
    Blackout: _blackout,
    Holidays: _holidays,
    CoachLoad: _coach_load,
}
"""How far a slot falls short of a rule of each kind, 0 when it keeps it."""
