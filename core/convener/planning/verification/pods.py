"""Whether proposed pods keep the rules, read from the rules themselves and counted anew.

Nothing here comes from the room that plans: a fault there must not hide itself. What is looked up for everybody is
indexed once. A missing value is neither shared nor different; only an inflexible `same` takes it for one of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import combinations, combinations_with_replacement
from typing import cast
from zoneinfo import ZoneInfo

from convener.model import Commitment, ParticipantStatus, PodProposal, ProposedPod, Register, Violation, on
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    SessionGap,
    SessionWindow,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule, Ruleset

Fault = tuple[str, str]
"""Subject and text of a breach."""


@dataclass(frozen=True, slots=True)
class World:
    """What a check looks at."""

    ruleset: Ruleset
    register: Register
    day: date
    pods: tuple[ProposedPod, ...]
    """Pods that were formed anew; frozen ones stay as they are whatever the rules say."""
    everything: tuple[ProposedPod, ...]
    elsewhere: Counter[str]
    """Pods that coaches carry in other programmes."""
    status: Mapping[str, ParticipantStatus]
    managers: Mapping[str, str]
    """Line manager in post on the day, by person."""

    def members(self, pod: ProposedPod) -> list[str]:
        """Return ids of those who sit in *pod*."""
        return [seat.person for seat in pod.seats]

    def attribute(self, person: str, column: str) -> str:
        """Return the value of *column* for *person*."""
        known = self.register.people.get(person)
        return known.attributes.get(column, "").strip() if known else ""

    def label(self, person: str) -> str:
        """Return the name of *person*."""
        return self.register.people[person].name if person in self.register.people else person


def verify_pods(
    ruleset: Ruleset,
    register: Register,
    proposal: PodProposal,
    *,
    day: date,
    commitments: Sequence[Commitment] = (),
) -> tuple[Violation, ...]:
    """Return every breach in *proposal*, of flexible rules too; empty when all is well."""
    elsewhere: Counter[str] = Counter()
    for commitment in commitments:
        elsewhere[commitment.coach] += commitment.pods
    fresh = tuple(pod for pod in proposal.pods if not pod.frozen)
    world = World(
        ruleset,
        register,
        day,
        fresh,
        proposal.pods,
        elsewhere,
        status={row.person: row.status for row in reversed(on(register.enrolments, day))},
        managers={row.person: row.manager for row in reversed(on(register.managements, day))},
    )
    found = [
        Violation(rule="seats", inflexible=True, subject=subject, text=text)
        for check in (_everyone_once, _frozen_unmoved, _coaches_allowed, _zones_known)
        for subject, text in check(world)
    ]
    for rule in ruleset.rules.values():
        check_of = CHECKS.get(type(rule.terms))
        if check_of:
            found += [
                Violation(rule=rule.id, inflexible=rule.inflexible, subject=subject, text=text)
                for subject, text in check_of(world, rule)
            ]
    return tuple(sorted(found, key=lambda each: (not each.inflexible, each.rule, each.subject, each.text)))


def _everyone_once(world: World) -> Iterator[Fault]:
    seated = Counter(person for pod in world.everything for person in world.members(pod))
    for person, count in sorted(seated.items()):
        if count > 1:
            yield person, f"{world.label(person)} sits in {count} pods"
        if world.status.get(person) in {None, ParticipantStatus.WITHDRAWN}:
            yield person, f"{world.label(person)} does not take part"
    for person, status in sorted(world.status.items()):
        if status is ParticipantStatus.ACTIVE and person not in seated:
            yield person, f"{world.label(person)} has no pod"


def _frozen_unmoved(world: World) -> Iterator[Fault]:
    proposed = {pod.id: pod for pod in world.everything}
    members: dict[str, list[str]] = {}
    for row in on(world.register.memberships, world.day):
        members.setdefault(row.pod, []).append(row.person)
    for pod in world.register.pods.values():
        now = proposed.get(pod.id)
        if pod.frozen and (now is None or sorted(world.members(now)) != sorted(members.get(pod.id, []))):
            yield pod.id, f"{pod.name} is frozen and was changed"


def _coaches_allowed(world: World) -> Iterator[Fault]:
    allowed = None if world.ruleset.coaches is None else {each.lower() for each in world.ruleset.coaches}
    for pod in world.pods:
        if pod.coach is None:
            continue
        person = world.register.people.get(pod.coach)
        address = person.email if person else pod.coach
        if pod.coach not in world.register.coaches:
            yield pod.id, f"{pod.coach} is no coach"
        elif allowed is not None and address.lower() not in allowed:
            yield pod.id, f"{world.label(pod.coach)} may not coach in this programme"


def _zones_known(world: World) -> Iterator[Fault]:
    for pod in world.everything:
        for person in [*world.members(pod), *([pod.coach] if pod.coach else [])]:
            if not _exists(_zone(world, person)):
                yield person, f"{_zone(world, person)!r}, the time zone of {world.label(person)}, does not exist"


@cache
def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _sizes(world: World, rule: Rule) -> Iterator[Fault]:
    terms = cast("PodSize", rule.terms)
    for pod in world.pods:
        if not terms.min <= len(pod.seats) <= terms.max:
            yield pod.id, f"{pod.name} has {len(pod.seats)} members, not {terms.min} to {terms.max}"


def _values(world: World, pod: ProposedPod, column: str) -> list[str]:
    return [value for person in world.members(pod) if (value := world.attribute(person, column))]


def _same(world: World, rule: Rule) -> Iterator[Fault]:
    for pod in world.pods:
        for column in cast("Same", rule.terms).by:
            values = _values(world, pod, column)
            if len(set(values)) > 1 or (rule.inflexible and 0 < len(values) < len(pod.seats)):
                yield pod.id, f"{pod.name} joins different values of {column}"


def _mix(world: World, rule: Rule) -> Iterator[Fault]:
    for pod in world.pods:
        for column in cast("Mix", rule.terms).by:
            shared = [value for value, count in Counter(_values(world, pod, column)).items() if count > 1]
            if shared:
                yield pod.id, f"{pod.name} repeats {column}: {', '.join(sorted(shared))}"


def _similar(world: World, rule: Rule) -> Iterator[Fault]:
    for pod in world.pods:
        for column in cast("Similar", rule.terms).by:
            if len(set(_values(world, pod, column))) > 1:
                yield pod.id, f"{pod.name} spans different values of {column}"


def _apart(world: World, rule: Rule) -> Iterator[Fault]:
    terms = cast("Apart", rule.terms)
    forbidden = {frozenset(address.lower() for address in pair) for pair in terms.pairs}
    for pod in world.pods:
        for one, other in combinations(world.members(pod), 2):
            addresses = [_address(world, person) for person in (one, other)]
            if frozenset(addresses) in forbidden:
                yield pod.id, f"{world.label(one)} and {world.label(other)} are to be apart"
            if terms.who is not None and (_leads(world, one, other) or _leads(world, other, one)):
                yield pod.id, f"{world.label(one)} and {world.label(other)} are manager and report"


def _address(world: World, person: str) -> str:
    known = world.register.people.get(person)
    return (known.email if known else person).lower()


def _leads(world: World, boss: str, report: str) -> bool:
    manager = world.managers.get(report)
    return manager is not None and (boss == manager or _address(world, boss) == _address(world, manager))


def _together(world: World, rule: Rule) -> Iterator[Fault]:
    at = {_address(world, person): pod.id for pod in world.pods for person in world.members(pod)}
    for one, other in cast("Together", rule.terms).pairs:
        first, second = at.get(one.lower()), at.get(other.lower())
        if first and second and first != second:
            yield first, f"{one} and {other} are to be together"


def _overlap(world: World, rule: Rule) -> Iterator[Fault]:
    terms = cast("TimezoneOverlap", rule.terms)
    zones = {pod.id: _zones(world, pod) for pod in world.pods}
    days = {zone: _worked(world.ruleset, zone) for zone in set().union(*zones.values())}
    known: dict[tuple[str, str], date | None] = {}
    for pod in world.pods:
        for pair in combinations_with_replacement(sorted(zones[pod.id]), 2):
            if pair not in known:
                both = zip(days[pair[0]], days[pair[1]], strict=True)
                short = (one[0] for one, other in both if _shared(one[1:], other[1:]) < terms.min.as_timedelta())
                known[pair] = next(short, None)
            if known[pair] is not None:
                yield pod.id, f"{pair[0]} and {pair[1]} share less than {terms.min} of working time on {known[pair]}"


def _zones(world: World, pod: ProposedPod) -> set[str]:
    people = [*world.members(pod), *([pod.coach] if pod.coach else [])]
    return {zone for person in people if _exists(zone := _zone(world, person))}


def _zone(world: World, person: str) -> str:
    known = world.register.people.get(person)
    return known.zone if known and known.zone else world.ruleset.zone


def _worked(ruleset: Ruleset, zone: str) -> list[tuple[date, datetime, datetime]]:
    """Return the working hours of every day the programme can reach, as people in *zone* keep them."""
    spans = [terms.between for _, terms in ruleset.rules_of(SessionWindow) if terms.zone == "member"]
    begin, end = max((span[0] for span in spans), default=time(9)), min((span[1] for span in spans), default=time(17))
    here = ZoneInfo(zone)
    return [
        (day, datetime.combine(day, begin, here).astimezone(UTC), datetime.combine(day, end, here).astimezone(UTC))
        for day in _days(ruleset)
    ]


def _days(ruleset: Ruleset) -> Iterator[date]:
    gaps = [terms.max.days for _, terms in ruleset.rules_of(SessionGap)]
    every = ruleset.sessions.every
    step = min(gaps) if gaps else {"week": 7, "day": 1}.get(every.unit.value, 30) * every.count if every else 30
    day = ruleset.starts
    for _ in range(step * max(ruleset.sessions.count - 1, 1) + 1):
        yield day
        day += timedelta(days=1)


def _shared(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return min(one[1], other[1]) - max(one[0], other[0])


def _load(world: World, rule: Rule) -> Iterator[Fault]:
    terms = cast("CoachLoad", rule.terms)
    carried = Counter(pod.coach for pod in world.everything if pod.coach)
    fresh = {pod.coach for pod in world.pods}
    for coach, count in sorted(carried.items()):
        own = world.register.coaches[coach].max_pods if coach in world.register.coaches else None
        limits = [limit for limit in (terms.max_pods, own) if limit is not None]
        if limits and count + world.elsewhere[coach] > min(limits) and coach in fresh:
            yield coach, f"{world.label(coach)} carries {count + world.elsewhere[coach]} pods, at most {min(limits)}"


def _accredited(world: World, rule: Rule) -> Iterator[Fault]:
    terms = cast("CoachAccredited", rule.terms)
    for pod in world.pods:
        coach = world.register.coaches.get(pod.coach or "")
        if coach and (not set(terms.accredited) <= coach.accredited or coach.years < terms.min_years):
            yield pod.id, f"{world.label(coach.id)} lacks what the rule asks of a coach"


CHECKS: dict[type, Callable[[World, Rule], Iterator[Fault]]] = {
    PodSize: _sizes,
    Same: _same,
    Mix: _mix,
    Similar: _similar,
    Apart: _apart,
    Together: _together,
    TimezoneOverlap: _overlap,
    CoachLoad: _load,
    CoachAccredited: _accredited,
}
"""The check of each kind."""
