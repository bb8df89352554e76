"""The question of when pods meet, in canonical order, and what each slot means to each pod.

Costs add up over sessions: 3 for every member who cannot come, 1 for every member or coach who can only if needed
(both under `answers`); for each flexible rule its weight times its units. Units by kind: `session-window` members
on whose clock (or 1, on the programme's) the session lies outside; `blackout` and `quorum` 1 (`quorum`: each member
short); `holidays` people on holiday; `session-gap` days outside min..max; `session-pattern` things that differ
from the session before. A programme with `every` pays 1 for each full three days a gap is off it (under `every`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from convener.model import (
    Answer,
    Availability,
    Commitment,
    Membership,
    Register,
    Session,
    SessionStatus,
    Slot,
    on,
)
from convener.rulesets.kinds import CoachLoad
from convener.rulesets.ruleset import Ruleset

SETTLED = frozenset({SessionStatus.CONFIRMED, SessionStatus.HELD})
"""Sessions whose dates are kept."""
ABSENT = 3
"""Cost of a member who cannot come."""
IF_NEEDED = 1
"""Cost of someone who comes only if needed."""
ANSWERS = "answers"
"""Name of the cost of people's answers among the rules."""
EVERY = "every"
"""Name of the cost of leaving the cadence among the rules."""

Stretch = tuple[datetime, datetime]
"""Start and end of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodDates:
    """A pod that meets."""

    id: str
    name: str
    memberships: tuple[Membership, ...]
    coach: str | None
    settled: dict[int, Session]
    """Sessions whose dates are kept, by number."""
    numbers: tuple[int, ...]
    """Every number to plan or keep, rising."""

    def members(self, day: date) -> list[str]:
        """Return ids of the members on *day*, sorted."""
        return sorted(row.person for row in on(self.memberships, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesQuestion:
    """Everything that decides when pods meet."""

    ruleset: Ruleset
    register: Register
    slots: tuple[Slot, ...]
    """Sorted by time, none before the start of the programme nor in the past."""
    answers: dict[str, tuple[Answer, ...]]
    """Answers of each person to `slots`."""
    pods: tuple[PodDates, ...]
    engaged: dict[str, tuple[Stretch, ...]]
    """What each coach has agreed to already: elsewhere, and sessions here that are kept."""

    def answer(self, person: str, slot: int) -> Answer:
        """Return what *person* said to a slot; no answer is no."""
        given = self.answers.get(person)
        return given[slot] if given else Answer.NO

    def local(self, instant: datetime, zone: str = "") -> datetime:
        """Return *instant* on the programme's clock, or on that of *zone*."""
        return instant.astimezone(ZoneInfo(zone or self.ruleset.zone))

    def day(self, instant: datetime) -> date:
        """Return the programme's date of *instant*."""
        return self.local(instant).date()

    def zone(self, person: str) -> str:
        """Return the zone *person* lives in."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone

    def name(self, person: str) -> str:
        """Return the name of *person*."""
        known = self.register.people.get(person)
        return known.name if known else person

    def daily_cap(self) -> int | None:
        """Return how many sessions a coach may have on one day, None for any number."""
        rules = self.ruleset.rules_of(CoachLoad)
        return min((t.max_sessions_per_day for r, t in rules if r.inflexible and t.max_sessions_per_day), default=None)


def pose(
    ruleset: Ruleset,
    register: Register,
    availability: Availability,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
) -> DatesQuestion:
    """Gather the question: slots before *earliest* or before the programme starts are left out."""
    zone = ZoneInfo(ruleset.zone)
    usable = [
        (slot.starts, slot.ends, at)
        for at, slot in enumerate(availability.slots)
        if slot.starts >= earliest and slot.starts.astimezone(zone).date() >= ruleset.starts
    ]
    order: dict[Stretch, int] = {}
    for starts, ends, at in sorted(usable):
        order.setdefault((starts, ends), at)
    places = list(order.values())
    answers = {p: tuple(given[at] for at in places) for p, given in sorted(availability.answers.items())}
    day = max(earliest.astimezone(zone).date(), ruleset.starts)
    pods = tuple(_pod(ruleset, register, pod, day) for pod in sorted(register.pods) if register.members(pod, day))
    return DatesQuestion(
        ruleset=ruleset,
        register=register,
        slots=tuple(availability.slots[at] for at in places),
        answers=answers,
        pods=pods,
        engaged=_engaged(register, commitments),
    )


def _pod(ruleset: Ruleset, register: Register, pod: str, day: date) -> PodDates:
    sessions = {session.number: session for session in register.sessions_of(pod)}
    cancelled = {n for n, session in sessions.items() if session.status is SessionStatus.CANCELLED}
    return PodDates(
        id=pod,
        name=register.pods[pod].name,
        memberships=tuple(row for row in register.memberships if row.pod == pod),
        coach=register.coach_of(pod, day),
        settled={n: s for n, s in sessions.items() if s.status in SETTLED and s.starts is not None},
        numbers=tuple(n for n in range(1, ruleset.sessions.count + 1) if n not in cancelled),
    )


def _engaged(register: Register, commitments: Iterable[Commitment]) -> dict[str, tuple[Stretch, ...]]:
    found: dict[str, list[Stretch]] = {}
    for commitment in commitments:
        found.setdefault(commitment.coach, []).extend(commitment.sessions)
    for session in register.sessions.values():
        if session.status in SETTLED and session.starts is not None:
            coach = register.coach_of(session.pod, session.starts.date())
            if coach:
                found.setdefault(coach, []).append(stretch(session))
    return {coach: tuple(sorted(stretches)) for coach, stretches in found.items()}


def stretch(session: Session) -> Stretch:
    """Return start and end of a dated session."""
    if session.starts is None:
        raise ValueError(f"session {session.number} has no date")
    return session.starts, session.ends or session.starts
