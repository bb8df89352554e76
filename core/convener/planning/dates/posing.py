"""Gathering the question of when pods meet: which slots count, what is kept, who has agreed to what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from convener.errors import DataError
from convener.model import (
    Answer,
    Availability,
    Coaching,
    Commitment,
    Membership,
    Register,
    Session,
    SessionStatus,
    Slot,
    on,
)
from convener.planning.dates.question import DatesQuestion, PodDates, Stretch, sitting_twice, stretch
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Notice
from convener.rulesets.ruleset import Ruleset

SETTLED = frozenset({SessionStatus.CONFIRMED, SessionStatus.HELD})
"""Sessions that have a date."""


def pose(
    ruleset: Ruleset,
    register: Register,
    availability: Availability,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
    *,
    replan: bool = False,
) -> DatesQuestion:
    """Gather the question: slots before *earliest* or before the programme starts are left out.

    With *replan* confirmed sessions that are still to come may move, unless an inflexible `notice` keeps them.
    Commitments may name members too. Raises DataError for answers that do not fit the slots, and for zones and
    calendars of people that do not exist.
    """
    _refuse_odd_slots(availability)
    day = max(earliest.astimezone(ZoneInfo(ruleset.zone)).date(), ruleset.starts)
    until = earliest + _least_notice(ruleset)
    pods = _pods(ruleset, register, day, until if replan else None)
    _refuse_unknown_places(register, pods)
    slots, unasked, places = _slots(ruleset, availability, earliest, pods)
    answers = {
        person: tuple(given[at] if at >= 0 else Answer.YES for at in places)
        for person, given in sorted(availability.answers.items())
    }
    return DatesQuestion(
        ruleset=ruleset,
        register=register,
        earliest=earliest,
        slots=slots,
        unasked=unasked,
        answers=answers,
        pods=pods,
        engaged=_engaged(ruleset, register, commitments, pods),
    )


def _least_notice(ruleset: Ruleset) -> timedelta:
    spans = [terms.length for rule, terms in ruleset.rules_of(Notice) if rule.inflexible]
    return max(spans, default=timedelta())


def _refuse_odd_slots(availability: Availability) -> None:
    for slot in availability.slots:
        if slot.starts.tzinfo is None or slot.ends.tzinfo is None or slot.ends <= slot.starts:
            raise DataError(
                f"{availability.source or 'the answers'}: {slot.starts} to {slot.ends} is no stretch of time",
                hint="a slot ends after it starts, and both say their offset from UTC",
            )
    for person, given in availability.answers.items():
        if len(given) != len(availability.slots):
            raise DataError(
                f"{availability.source or 'the answers'}: {person} gave {len(given)} answers to "
                f"{len(availability.slots)} slots",
                hint="give one answer for each slot",
            )


def _refuse_unknown_places(register: Register, pods: Sequence[PodDates]) -> None:
    """Raise DataError for the first member or coach whose time zone or holiday calendar does not exist."""
    people = {row.person for pod in pods for row in pod.memberships} | {c.coach for pod in pods for c in pod.coachings}
    for person in sorted(people & set(register.people)):
        known = register.people[person]
        try:
            ZoneInfo(known.zone or "UTC")
        except (KeyError, ValueError, OSError):
            raise DataError(
                f"there is no time zone {known.zone!r}, which {known.name} is said to live in",
                hint="write the name of a zone, for example Europe/London",
            ) from None
        try:
            holiday_dates(known.holidays, 2000, 2000)
        except ValueError as error:
            raise DataError(f"holidays of {known.name}: {error}", hint="correct the roster") from None


def _slots(
    ruleset: Ruleset, availability: Availability, earliest: datetime, pods: Sequence[PodDates]
) -> tuple[tuple[Slot, ...], frozenset[int], tuple[int, ...]]:
    """Return the slots, which of them nobody was asked about, and for each where its answers stand, -1 for those."""
    zone = ZoneInfo(ruleset.zone)
    order: dict[Stretch, tuple[Slot, int]] = {}
    for at, slot in enumerate(availability.slots):
        if slot.starts >= earliest and slot.starts.astimezone(zone).date() >= ruleset.starts:
            order.setdefault((slot.starts, slot.ends), (slot, at))
    for pod in pods:
        for session in pod.movable.values():
            starts, ends = stretch(session)
            order.setdefault((starts, ends), (Slot(starts=starts, ends=ends), -1))
    found = [order[key] for key in sorted(order)]
    unasked = frozenset(at for at, (_, place) in enumerate(found) if place < 0)
    return tuple(slot for slot, _ in found), unasked, tuple(place for _, place in found)


def _pods(ruleset: Ruleset, register: Register, day: date, movable: datetime | None) -> tuple[PodDates, ...]:
    members: dict[str, list[Membership]] = defaultdict(list)
    coaches: dict[str, list[Coaching]] = defaultdict(list)
    sessions: dict[str, list[Session]] = defaultdict(list)
    for membership in register.memberships:
        members[membership.pod].append(membership)
    for coaching in register.coachings:
        coaches[coaching.pod].append(coaching)
    for session in register.sessions.values():
        sessions[session.pod].append(session)
    found: list[PodDates] = []
    for pod in sorted(register.pods):
        if on(members[pod], day):
            settled, free = _dated(sessions[pod], movable)
            gone = {s.number for s in sessions[pod] if s.status is SessionStatus.CANCELLED}
            found.append(
                PodDates(
                    id=pod,
                    name=register.pods[pod].name,
                    memberships=tuple(sorted(members[pod], key=lambda row: (row.person, row.since))),
                    coachings=tuple(row for row in coaches[pod] if row.until is None or row.until > day),
                    settled=settled,
                    movable=free,
                    numbers=tuple(n for n in range(1, ruleset.sessions.count + 1) if n not in gone),
                )
            )
    return tuple(found)


def _dated(sessions: Iterable[Session], movable: datetime | None) -> tuple[dict[int, Session], dict[int, Session]]:
    """Return the sessions that keep their dates, and those confirmed from *movable* on, which need not."""
    settled: dict[int, Session] = {}
    free: dict[int, Session] = {}
    for session in sessions:
        if session.status in SETTLED and session.starts is not None:
            held = session.status is SessionStatus.HELD
            kept = movable is None or held or session.starts < movable
            (settled if kept else free)[session.number] = session
    return settled, free


def _engaged(
    ruleset: Ruleset, register: Register, commitments: Iterable[Commitment], pods: Sequence[PodDates]
) -> dict[str, tuple[Stretch, ...]]:
    found: dict[str, set[Stretch]] = defaultdict(set)
    for commitment in commitments:
        found[commitment.coach].update(commitment.sessions)
    movable = {session.id for pod in pods for session in pod.movable.values()}
    doubled = sitting_twice(pods)
    coachings: dict[str, list[Coaching]] = defaultdict(list)
    for coaching in register.coachings:
        coachings[coaching.pod].append(coaching)
    rows = {pod.id: pod.memberships for pod in pods}
    for session in register.sessions.values():
        if session.status in SETTLED and session.starts is not None and session.id not in movable:
            day = session.starts.astimezone(ZoneInfo(ruleset.zone)).date()
            busy = {row.coach for row in on(coachings[session.pod], day)}
            busy |= {row.person for row in on(rows.get(session.pod, ()), day)} & doubled
            for person in busy:
                found[person].add(stretch(session))
    return {person: tuple(sorted(stretches)) for person, stretches in sorted(found.items())}
