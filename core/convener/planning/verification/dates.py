"""Whether proposed dates keep the rules, read from the rules themselves and counted anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from convener.model import (
    Answer,
    Availability,
    Commitment,
    DateProposal,
    ProposedSession,
    Register,
    SessionStatus,
    Violation,
)
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import (
    Blackout,
    CoachLoad,
    Holidays,
    Quorum,
    SessionGap,
    SessionPattern,
    SessionWindow,
)
from convener.rulesets.ruleset import Rule, Ruleset

Fault = tuple[str, str]
"""Subject and text of a breach."""
_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_KEPT = {"confirmed", "held"}


@dataclass(frozen=True, slots=True)
class World:
    """What a check looks at."""

    ruleset: Ruleset
    register: Register
    pod: str
    coach: str | None
    sessions: tuple[ProposedSession, ...]
    """All of the pod's, by number."""
    said: dict[str, dict[tuple[datetime, datetime], Answer]]
    """What each person answered to each stretch of time."""

    @property
    def proposed(self) -> list[ProposedSession]:
        """Sessions that are to get a date; those that keep theirs are not judged."""
        return [session for session in self.sessions if session.status not in _KEPT]

    def at(self, instant: datetime, person: str = "") -> datetime:
        """Return *instant* on the clock of the programme or of *person*."""
        known = self.register.people.get(person)
        return instant.astimezone(ZoneInfo((known.zone if known else "") or self.ruleset.zone))

    def can(self, person: str, session: ProposedSession) -> bool:
        """Tell whether *person* said yes or if needed to the time of *session*."""
        answer = self.said.get(person, {}).get((session.starts, session.ends))
        return answer in {Answer.YES, Answer.IF_NEEDED}

    def members(self, session: ProposedSession) -> list[str]:
        """Return the members whom *session* is for."""
        return [*session.coming, *session.absent]


def verify_dates(
    ruleset: Ruleset,
    register: Register,
    proposal: DateProposal,
    availability: Availability,
    *,
    commitments: Sequence[Commitment] = (),
) -> tuple[Violation, ...]:
    """Return every breach in *proposal*, of flexible rules too; empty when all is well."""
    said: dict[str, dict[tuple[datetime, datetime], Answer]] = {
        person: {(s.starts, s.ends): a for s, a in zip(availability.slots, given, strict=True)}
        for person, given in availability.answers.items()
    }
    by_pod: dict[str, list[ProposedSession]] = defaultdict(list)
    for session in proposal.sessions:
        by_pod[session.pod].append(session)
    worlds = [
        World(ruleset, register, pod, _coach(register, pod, found), tuple(sorted(found, key=lambda s: s.number)), said)
        for pod, found in sorted(by_pod.items())
    ]
    violations = [
        Violation(rule="series", inflexible=True, subject=subject, text=text)
        for world in worlds
        for subject, text in (*_series(world), *_people_counted(world))
    ]
    violations += [
        Violation(rule="coach-in-one-place", inflexible=True, subject=subject, text=text)
        for subject, text in _one_place(worlds, commitments)
    ]
    for world in worlds:
        violations += _rules(world)
    for rule, terms in ruleset.rules_of(CoachLoad):
        violations += [_violation(rule, fault) for fault in _per_day(worlds, terms, commitments)]
    return tuple(sorted(violations, key=lambda each: (not each.inflexible, each.rule, each.subject, each.text)))


def _violation(rule: Rule, fault: Fault) -> Violation:
    return Violation(rule=rule.id, inflexible=rule.inflexible, subject=fault[0], text=fault[1])


def _rules(world: World) -> list[Violation]:
    name = world.register.pods[world.pod].name
    rules = {**world.ruleset.rules, **world.ruleset.pod_rules.get(name, {})}
    return [
        _violation(rule, fault)
        for rule in rules.values()
        if type(rule.terms) in CHECKS
        for fault in CHECKS[type(rule.terms)](world, rule.terms)
    ]


def _coach(register: Register, pod: str, sessions: Sequence[ProposedSession]) -> str | None:
    day = min((s.starts.date() for s in sessions if s.status not in _KEPT), default=None)
    return register.coach_of(pod, day) if day else None


def _label(session: ProposedSession) -> str:
    return f"{session.pod}/{session.number}"


def _series(world: World) -> Iterator[Fault]:
    settled = {
        s.number: s.starts
        for s in world.register.sessions_of(world.pod)
        if s.status in {SessionStatus.CONFIRMED, SessionStatus.HELD}
    }
    numbers = [session.number for session in world.sessions]
    if len(set(numbers)) != len(numbers) or set(settled) - set(numbers):
        yield world.pod, "sessions are missing or doubled"
    for session in world.sessions:
        if session.number in settled and session.starts != settled[session.number]:
            yield _label(session), "a confirmed session was moved"
        if session.number not in settled and world.at(session.starts).date() < world.ruleset.starts:
            yield _label(session), "it lies before the programme starts"
    for one, other in pairwise(world.sessions):
        if world.at(one.starts).date() >= world.at(other.starts).date() and {one.status, other.status} - _KEPT:
            yield _label(other), "it does not come after the session before"


def _people_counted(world: World) -> Iterator[Fault]:
    for session in world.proposed:
        members = world.register.members(world.pod, world.at(session.starts).date())
        if any(not world.can(person, session) for person in session.coming):
            yield _label(session), "someone is counted who did not say they can come"
        if sorted(members) != sorted(world.members(session)):
            yield _label(session), "it does not list the members of the pod"


def _busy(
    worlds: Sequence[World], commitments: Sequence[Commitment]
) -> dict[str, list[tuple[datetime, datetime, str]]]:
    found: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for commitment in commitments:
        found[commitment.coach] += [(starts, ends, "") for starts, ends in commitment.sessions]
    for world in worlds:
        for session in world.sessions:
            if world.coach:
                new = session.status not in _KEPT
                found[world.coach].append((session.starts, session.ends, _label(session) if new else ""))
    return {coach: sorted(stretches) for coach, stretches in found.items()}


def _one_place(worlds: Sequence[World], commitments: Sequence[Commitment]) -> Iterator[Fault]:
    for stretches in _busy(worlds, commitments).values():
        for place, (starts, ends, label) in enumerate(stretches):
            for begin, end, other in stretches[place + 1 :]:
                if begin < ends and starts < end and (label or other):
                    yield label or other, "its coach is somewhere else at the time"
    for world in worlds:
        coach = world.register.coaches.get(world.coach or "")
        for session in world.proposed:
            days = {
                world.at(session.starts, world.coach or "").date(),
                world.at(session.ends, world.coach or "").date(),
            }
            if coach and any(day in away for day in days for away in coach.away):
                yield _label(session), "its coach is away"


def _per_day(worlds: Sequence[World], terms: CoachLoad, commitments: Sequence[Commitment]) -> Iterator[Fault]:
    if terms.max_sessions_per_day is None or not worlds:
        return
    for coach, stretches in _busy(worlds, commitments).items():
        days = Counter(worlds[0].at(starts, coach).date() for starts, _, _ in stretches)
        for starts, _, label in stretches:
            count = days[worlds[0].at(starts, coach).date()]
            if label and count > terms.max_sessions_per_day:
                yield label, f"its coach has {count} sessions that day, at most {terms.max_sessions_per_day}"


def _quorum(world: World, terms: Quorum) -> Iterator[Fault]:
    for session in world.proposed:
        members = world.members(session)
        can = sum(world.can(person, session) for person in members)
        share = terms.members
        needed = (
            min(share, len(members))
            if isinstance(share, int)
            else -(-share.numerator * len(members) // share.denominator)
        )
        if can < needed:
            yield _label(session), f"{can} of {len(members)} can come, {needed} are needed"
        if terms.coach and (world.coach is None or not world.can(world.coach, session)):
            yield _label(session), "its coach did not say they can come"


def _window(world: World, terms: SessionWindow) -> Iterator[Fault]:
    for session in world.proposed:
        for person in [""] if terms.zone == "programme" else world.members(session):
            starts, ends = world.at(session.starts, person), world.at(session.ends, person)
            on_time = terms.between[0] <= starts.time() and ends.time() <= terms.between[1]
            if starts.date() != ends.date() or _WEEK[starts.weekday()] not in terms.days or not on_time:
                yield _label(session), f"{starts:%a %H:%M}-{ends:%H:%M} lies outside the window"
                break


def _blackout(world: World, terms: Blackout) -> Iterator[Fault]:
    for session in world.proposed:
        day = world.at(session.starts).date()
        if any(each.first <= day <= each.last for each in terms.dates):
            yield _label(session), f"{day} is blacked out"


def _holidays(world: World, terms: Holidays) -> Iterator[Fault]:
    for session in world.proposed:
        for person in ["", *world.members(session), world.coach or ""]:
            known = world.register.people.get(person)
            codes = [known.holidays] if known else [world.ruleset.holidays, *terms.also]
            day = world.at(session.starts, person).date()
            if any(code and _free(code, day) for code in codes):
                yield _label(session), f"{day} is a public holiday"
                break


def _free(code: str, day: date) -> bool:
    return day in holiday_dates(code, day.year, day.year)


def _gap(world: World, terms: SessionGap) -> Iterator[Fault]:
    for one, other in pairwise(world.sessions):
        days = (world.at(other.starts).date() - world.at(one.starts).date()).days
        if {one.status, other.status} - _KEPT and not terms.min.days <= days <= terms.max.days:
            yield _label(other), f"{days} days after the session before, not {terms.min} to {terms.max}"


def _pattern(world: World, terms: SessionPattern) -> Iterator[Fault]:
    forms: dict[str, Callable[[datetime], object]] = {
        "week-of-month": lambda local: (local.day + 6) // 7,
        "weekday": lambda local: local.weekday(),
        "time": lambda local: local.time(),
    }
    for one, other in pairwise(world.sessions):
        unlike = [n for n in terms.same if forms[n](world.at(one.starts)) != forms[n](world.at(other.starts))]
        if unlike and {one.status, other.status} - _KEPT:
            yield _label(other), f"another {' and '.join(unlike)} than the session before"


CHECKS: dict[type, Callable[[World, Any], Iterator[Fault]]] = {
    Quorum: _quorum,
    SessionWindow: _window,
    Blackout: _blackout,
    Holidays: _holidays,
    SessionGap: _gap,
    SessionPattern: _pattern,
}
"""The check of each kind."""
