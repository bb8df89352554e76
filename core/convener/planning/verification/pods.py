"""Whether proposed pods keep the rules, read from the rules themselves and counted anew."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, combinations_with_replacement
from typing import Any
from zoneinfo import ZoneInfo

from convener.model import Commitment, ParticipantStatus, PodProposal, ProposedPod, Register, Violation
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
from convener.rulesets.ruleset import Ruleset

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

    def members(self, pod: ProposedPod) -> list[str]:
        """Return ids of those who sit in *pod*."""
        return [seat.person for seat in pod.seats]

    def attribute(self, person: str, column: str) -> str:
        """Return the value of *column* for *person*."""
        return self.register.people[person].attributes.get(column, "").strip()

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
    world = World(ruleset, register, day, fresh, proposal.pods, elsewhere)
    found = [
        Violation(rule="seats", inflexible=True, subject=subject, text=text)
        for check in (_everyone_once, _frozen_unmoved, _coaches_allowed)
        for subject, text in check(world)
    ]
    for rule in ruleset.rules.values():
        check_of = CHECKS.get(type(rule.terms))
        if check_of:
            found += [
                Violation(rule=rule.id, inflexible=rule.inflexible, subject=subject, text=text)
                for subject, text in check_of(world, rule.terms)
            ]
    return tuple(sorted(found, key=lambda each: (not each.inflexible, each.rule, each.subject, each.text)))


def _everyone_once(world: World) -> Iterator[Fault]:
    seated = Counter(person for pod in world.everything for person in world.members(pod))
    for person, count in sorted(seated.items()):
        if count > 1:
            yield person, f"{world.label(person)} sits in {count} pods"
        if world.register.status_of(person, world.day) in {None, ParticipantStatus.WITHDRAWN}:
            yield person, f"{world.label(person)} does not take part"
    for person in world.register.participants(world.day):
        active = world.register.status_of(person, world.day) is ParticipantStatus.ACTIVE
        if active and person not in seated:
            yield person, f"{world.label(person)} has no pod"


def _frozen_unmoved(world: World) -> Iterator[Fault]:
    proposed = {pod.id: pod for pod in world.everything}
    for pod in world.register.pods.values():
        if pod.frozen:
            members = world.register.members(pod.id, world.day)
            now = proposed.get(pod.id)
            if now is None or sorted(world.members(now)) != members:
                yield pod.id, f"{pod.name} is frozen and was changed"


def _coaches_allowed(world: World) -> Iterator[Fault]:
    allowed = world.ruleset.coaches
    for pod in world.pods:
        if pod.coach is None:
            continue
        person = world.register.people.get(pod.coach)
        address = person.email if person else pod.coach
        if pod.coach not in world.register.coaches:
            yield pod.id, f"{pod.coach} is no coach"
        elif allowed is not None and address.lower() not in [each.lower() for each in allowed]:
            yield pod.id, f"{world.label(pod.coach)} may not coach in this programme"


def _sizes(world: World, terms: PodSize) -> Iterator[Fault]:
    for pod in world.pods:
        if not terms.min <= len(pod.seats) <= terms.max:
            yield pod.id, f"{pod.name} has {len(pod.seats)} members, not {terms.min} to {terms.max}"


def _values(world: World, pod: ProposedPod, column: str) -> list[str]:
    return [world.attribute(person, column) for person in world.members(pod)]


def _same(world: World, terms: Same) -> Iterator[Fault]:
    for pod in world.pods:
        for column in terms.by:
            if len(set(_values(world, pod, column))) > 1:
                yield pod.id, f"{pod.name} joins different values of {column}"


def _mix(world: World, terms: Mix) -> Iterator[Fault]:
    for pod in world.pods:
        for column in terms.by:
            shared = [value for value, count in Counter(_values(world, pod, column)).items() if value and count > 1]
            if shared:
                yield pod.id, f"{pod.name} repeats {column}: {', '.join(sorted(shared))}"


def _similar(world: World, terms: Similar) -> Iterator[Fault]:
    for pod in world.pods:
        for column in terms.by:
            if len({value for value in _values(world, pod, column) if value}) > 1:
                yield pod.id, f"{pod.name} spans different values of {column}"


def _apart(world: World, terms: Apart) -> Iterator[Fault]:
    forbidden = {frozenset(address.lower() for address in pair) for pair in terms.pairs}
    for pod in world.pods:
        for one, other in combinations(world.members(pod), 2):
            addresses = [world.register.people[person].email.lower() for person in (one, other)]
            if frozenset(addresses) in forbidden:
                yield pod.id, f"{world.label(one)} and {world.label(other)} are to be apart"
            if terms.who is not None and (_leads(world, one, other) or _leads(world, other, one)):
                yield pod.id, f"{world.label(one)} and {world.label(other)} are manager and report"


def _leads(world: World, boss: str, report: str) -> bool:
    manager = world.register.manager_of(report, world.day)
    if manager is None:
        return False
    person = world.register.people.get(manager)
    address = person.email if person else manager
    return boss == manager or world.register.people[boss].email.lower() == address.lower()


def _together(world: World, terms: Together) -> Iterator[Fault]:
    at = {world.register.people[p].email.lower(): pod.id for pod in world.pods for p in world.members(pod)}
    for one, other in terms.pairs:
        first, second = at.get(one.lower()), at.get(other.lower())
        if first and second and first != second:
            yield first, f"{one} and {other} are to be together"


def _overlap(world: World, terms: TimezoneOverlap) -> Iterator[Fault]:
    spans = [t.between for _, t in world.ruleset.rules_of(SessionWindow) if t.zone == "member"]
    begin = max((span[0] for span in spans), default=datetime(2000, 1, 1, 9, tzinfo=UTC).time())
    end = min((span[1] for span in spans), default=datetime(2000, 1, 1, 17, tzinfo=UTC).time())
    known: dict[frozenset[str], date | None] = {}
    for pod in world.pods:
        people = [*world.members(pod), *([pod.coach] if pod.coach else [])]
        zones = sorted({_zone(world, person) for person in people})
        for pair in combinations_with_replacement(zones, 2):
            key = frozenset(pair)
            if key not in known:
                days = _days(world.ruleset)
                known[key] = next((d for d in days if _shared(d, pair, begin, end) < terms.min.as_timedelta()), None)
            bad = known[key]
            if bad is not None:
                yield pod.id, f"{pair[0]} and {pair[1]} share less than {terms.min} of working time on {bad}"


def _zone(world: World, person: str) -> str:
    known = world.register.people.get(person)
    return known.zone if known and known.zone else world.ruleset.zone


def _days(ruleset: Ruleset) -> Iterator[date]:
    gaps = [terms.max.days for _, terms in ruleset.rules_of(SessionGap)]
    every = ruleset.sessions.every
    step = min(gaps) if gaps else {"week": 7, "day": 1}.get(every.unit.value, 30) * every.count if every else 30
    day = ruleset.starts
    for _ in range(step * max(ruleset.sessions.count - 1, 1) + 1):
        yield day
        day += timedelta(days=1)


def _shared(day: date, zones: Sequence[str], begin: Any, end: Any) -> timedelta:
    starts = max(datetime.combine(day, begin, ZoneInfo(zone)).astimezone(UTC) for zone in zones)
    ends = min(datetime.combine(day, end, ZoneInfo(zone)).astimezone(UTC) for zone in zones)
    return ends - starts


def _load(world: World, terms: CoachLoad) -> Iterator[Fault]:
    carried = Counter(pod.coach for pod in world.everything if pod.coach)
    for coach, count in sorted(carried.items()):
        own = world.register.coaches[coach].max_pods if coach in world.register.coaches else None
        limits = [limit for limit in (terms.max_pods, own) if limit is not None]
        if limits and count + world.elsewhere[coach] > min(limits) and any(p.coach == coach for p in world.pods):
            yield coach, f"{world.label(coach)} carries {count + world.elsewhere[coach]} pods, at most {min(limits)}"


def _accredited(world: World, terms: CoachAccredited) -> Iterator[Fault]:
    for pod in world.pods:
        coach = world.register.coaches.get(pod.coach or "")
        if coach and (not set(terms.accredited) <= coach.accredited or coach.years < terms.min_years):
            yield pod.id, f"{world.label(coach.id)} lacks what the rule asks of a coach"


CHECKS: dict[type, Callable[[World, Any], Iterator[Fault]]] = {
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
