"""Whether proposed dates keep the rules, read from the rules themselves and counted anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from convener.model import (
    Answer,
    Availability,
    Coaching,
    Commitment,
    DateProposal,
    Membership,
    ProposedSession,
    Register,
    SessionStatus,
    Violation,
    on,
)
from convener.planning.verification.date_rules import CHECKS
from convener.planning.verification.meetings import KEPT, Diaries, Fault, Stretch, World, label
from convener.rulesets.ruleset import Ruleset


def verify_dates(
    ruleset: Ruleset,
    register: Register,
    proposal: DateProposal,
    availability: Availability,
    *,
    commitments: Sequence[Commitment] = (),
    earliest: datetime | None = None,
) -> tuple[Violation, ...]:
    """Return every breach in *proposal*, of flexible rules too; empty when all is well.

    *commitments* are what coaches, and members by their ids, have agreed to elsewhere. *earliest* is the moment from
    which `notice` counts; without it that rule is not judged.
    """
    worlds = _worlds(ruleset, register, proposal, availability, earliest)
    _fill(worlds, commitments)
    violations = [
        Violation(rule=name, inflexible=True, subject=subject, text=text)
        for world in worlds
        for name, check in ALWAYS
        for subject, text in check(world, proposal)
    ]
    for world in worlds:
        violations += _rules(world)
    return tuple(sorted(violations, key=lambda each: (not each.inflexible, each.rule, each.subject, each.text)))


def _worlds(
    ruleset: Ruleset, register: Register, proposal: DateProposal, availability: Availability, now: datetime | None
) -> list[World]:
    said: dict[str, dict[Stretch, Answer]] = {
        person: {(s.starts, s.ends): a for s, a in zip(availability.slots, given, strict=True)}
        for person, given in availability.answers.items()
    }
    by_pod: dict[str, list[ProposedSession]] = defaultdict(list)
    members: dict[str, list[Membership]] = defaultdict(list)
    coaches: dict[str, list[Coaching]] = defaultdict(list)
    for session in proposal.sessions:
        by_pod[session.pod].append(session)
    for membership in register.memberships:
        members[membership.pod].append(membership)
    for coaching in register.coachings:
        coaches[coaching.pod].append(coaching)
    busy: Diaries = defaultdict(list)
    return [
        World(
            ruleset,
            register,
            pod,
            tuple(members[pod]),
            tuple(coaches[pod]),
            tuple(sorted(found, key=lambda session: session.number)),
            said,
            now,
            busy,
        )
        for pod, found in sorted(by_pod.items())
    ]


def _fill(worlds: Sequence[World], commitments: Sequence[Commitment]) -> None:
    """Write everyone's diary."""
    seats = Counter(person for world in worlds for person in {row.person for row in world.memberships})
    for world in worlds:
        for session in world.sessions:
            doubled = [person for person in world.members(session) if seats[person] > 1]
            for person in (*doubled, world.coach(session)):
                if person:
                    world.busy[person].append((session.starts, session.ends, label(session)))
        for person in (*seats, *(row.coach for row in world.coachings)):
            world.busy.setdefault(person, [])
    for commitment in commitments:
        if worlds and commitment.coach in worlds[0].busy:
            worlds[0].busy[commitment.coach] += [(starts, ends, "") for starts, ends in commitment.sessions]


def _rules(world: World) -> list[Violation]:
    name = world.register.pods[world.pod].name
    off = world.ruleset.pod_without.get(name, frozenset())
    rules = {**world.ruleset.rules, **world.ruleset.pod_rules.get(name, {})}
    return [
        Violation(rule=rule.id, inflexible=rule.inflexible, subject=subject, text=text)
        for key, rule in rules.items()
        if key not in off and type(rule.terms) in CHECKS
        for subject, text in CHECKS[type(rule.terms)](world, rule.terms)
    ]


def _series(world: World, proposal: DateProposal) -> Iterator[Fault]:
    sessions = [world.register.sessions.get(f"{world.pod}/{n}") for n in range(1, world.ruleset.sessions.count + 1)]
    gone = {known.number for known in sessions if known and known.status is SessionStatus.CANCELLED}
    numbers = [number for number in range(1, len(sessions) + 1) if number not in gone]
    if [session.number for session in world.sessions] != numbers:
        yield world.pod, "sessions are missing or doubled"
    for session in world.proposed:
        if world.at(session.starts).date() < world.ruleset.starts:
            yield label(session), "it lies before the programme starts"
        if world.now is not None and session.starts < world.now:
            yield label(session), "it lies in the past"
    for one, other in pairwise(world.sessions):
        if world.at(one.starts).date() >= world.at(other.starts).date() and {one.status, other.status} - KEPT:
            yield label(other), "it does not come after the session before"


def _dates_kept(world: World, proposal: DateProposal) -> Iterator[Fault]:
    for session in world.sessions:
        known = world.register.sessions.get(label(session))
        status = known.status if known else SessionStatus.UNSCHEDULED
        settled = status in {SessionStatus.CONFIRMED, SessionStatus.HELD}
        free = status is SessionStatus.CONFIRMED and label(session) in proposal.moved
        if known is not None and settled and not free and session.starts != known.starts:
            yield label(session), "a confirmed session was moved"
        if session.status in KEPT and not settled:
            yield label(session), "it is said to keep a date that it does not have"


def _people_counted(world: World, proposal: DateProposal) -> Iterator[Fault]:
    for session in world.proposed:
        members = [row.person for row in on(world.memberships, world.at(session.starts).date())]
        if any(not world.can(person, session) for person in session.coming):
            yield label(session), "someone is counted who did not say they can come"
        if sorted(members) != sorted(world.members(session)):
            yield label(session), "it does not list the members of the pod"


def _one_place(world: World, proposal: DateProposal) -> Iterator[Fault]:
    for session in world.proposed:
        coach = world.coach(session)
        if coach and _clashes(world, session, coach):
            yield label(session), "its coach is somewhere else at the time"
        known = world.register.coaches.get(coach or "")
        days = {world.at(session.starts, coach or "").date(), world.at(session.ends, coach or "").date()}
        if known and any(away.first <= max(days) and min(days) <= away.last for away in known.away):
            yield label(session), "its coach is away"


def _members_in_one_place(world: World, proposal: DateProposal) -> Iterator[Fault]:
    for session in world.proposed:
        for person in world.members(session):
            if _clashes(world, session, person):
                yield label(session), f"{person} is somewhere else at the time"


def _clashes(world: World, session: ProposedSession, person: str) -> bool:
    return any(
        starts < session.ends and session.starts < ends and what != label(session)
        for starts, ends, what in world.busy[person]
    )


ALWAYS: Sequence[tuple[str, Callable[[World, DateProposal], Iterator[Fault]]]] = (
    ("series", _series),
    ("series", _dates_kept),
    ("series", _people_counted),
    ("coach-in-one-place", _one_place),
    ("member-in-one-place", _members_in_one_place),
)
"""What holds without any rule."""
