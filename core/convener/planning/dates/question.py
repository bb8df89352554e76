"""The question of when pods meet, in canonical order: the same answers give the same question.

Costs add up over sessions: 3 for every member who cannot come and 1 for every member or coach who can only if needed
(both under `answers`), and for each flexible rule its weight times its units. Units by kind, for each session:
`quorum` members short, and 1 for a coach who must come and cannot; `session-window` 1, or on members' clocks each
member on whose clock it lies outside; `blackout` 1; `holidays` each calendar of the programme and each person with a
calendar of their own on holiday; `notice` 1 when it would begin sooner from now; `coach-load` sessions above the
number, with what the coach has agreed to already. For each two neighbours: `session-gap` days outside min..max;
`session-pattern` things that differ. A programme with `every` pays 1 for each full three days that a gap is off it
(under `every`), and 1 for each full three days from its start, or from today when that is later, to the first
session (under `start`). When dates are planned again, every confirmed session that moves costs more than all this.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from convener.model import Answer, Coaching, Membership, Register, Session, Slot, on
from convener.rulesets.ruleset import Rule, Ruleset

ABSENT = 3
"""Cost of a member who cannot come."""
IF_NEEDED = 1
"""Cost of someone who comes only if needed."""
ANSWERS = "answers"
"""Name of the cost of people's answers among the rules."""
EVERY = "every"
"""Name of the cost of leaving the cadence among the rules."""
START = "start"
"""Name of the cost of a late first session among the rules."""

Stretch = tuple[datetime, datetime]
"""Start and end of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodDates:
    """A pod that meets."""

    id: str
    name: str
    memberships: tuple[Membership, ...]
    coachings: tuple[Coaching, ...]
    settled: dict[int, Session]
    """Sessions that keep their dates, by number."""
    movable: dict[int, Session]
    """Confirmed sessions that may get another date, by number."""
    numbers: tuple[int, ...]
    """Every number to plan or keep, rising."""

    def members(self, day: date) -> list[str]:
        """Return ids of the members on *day*, sorted."""
        return sorted(row.person for row in on(self.memberships, day))

    def coach(self, day: date) -> str | None:
        """Return the coach on *day*."""
        return next((row.coach for row in on(self.coachings, day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesQuestion:
    """Everything that decides when pods meet."""

    ruleset: Ruleset
    register: Register
    earliest: datetime
    slots: tuple[Slot, ...]
    """Sorted by time, none before the start of the programme nor in the past."""
    unasked: frozenset[int]
    """Slots nobody was asked about: dates of confirmed sessions, which everyone can still keep."""
    answers: dict[str, tuple[Answer, ...]]
    """Answers of each person to `slots`."""
    pods: tuple[PodDates, ...]
    engaged: dict[str, tuple[Stretch, ...]]
    """What each coach, and each person of several pods, has agreed to already, elsewhere and here."""

    def answer(self, person: str, slot: int) -> Answer:
        """Return what *person* said to a slot; no answer is no."""
        if slot in self.unasked:
            return Answer.YES
        given = self.answers.get(person)
        return given[slot] if given else Answer.NO

    def slot_of(self, asked: Stretch) -> int:
        """Return the index of the slot of just that start and end, -1 when there is none."""
        at = bisect_left(self.slots, asked, key=_stretch_of)
        return at if at < len(self.slots) and _stretch_of(self.slots[at]) == asked else -1

    def local(self, instant: datetime, zone: str = "") -> datetime:
        """Return *instant* on the programme's clock, or on that of *zone*."""
        return instant.astimezone(ZoneInfo(zone or self.ruleset.zone))

    def day(self, instant: datetime) -> date:
        """Return the programme's date of *instant*."""
        return self.local(instant).date()

    @property
    def first_day(self) -> date:
        """The first day a session may have: the start of the programme, or today."""
        return max(self.ruleset.starts, self.day(self.earliest))

    def zone(self, person: str) -> str:
        """Return the zone *person* lives in."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone

    def name(self, person: str) -> str:
        """Return the name of *person*."""
        known = self.register.people.get(person)
        return known.name if known else person

    def rules(self, pod: PodDates) -> dict[str, Rule]:
        """Return the rules in force for *pod*, by id."""
        off = self.ruleset.pod_without.get(pod.name, frozenset())
        rules = {**self.ruleset.rules, **self.ruleset.pod_rules.get(pod.name, {})}
        return {name: rule for name, rule in sorted(rules.items()) if name not in off}


def sitting_twice(pods: Iterable[PodDates]) -> set[str]:
    """Return ids of the people who sit in several pods."""
    seats = [row for pod in pods for row in {r.person: r for r in pod.memberships}.values()]
    seen: dict[str, int] = defaultdict(int)
    for row in seats:
        seen[row.person] += 1
    return {person for person, count in seen.items() if count > 1}


def stretch(session: Session) -> Stretch:
    """Return start and end of a dated session."""
    if session.starts is None:
        raise ValueError(f"session {session.number} has no date")
    return session.starts, session.ends or session.starts


def _stretch_of(slot: Slot) -> Stretch:
    return slot.starts, slot.ends
