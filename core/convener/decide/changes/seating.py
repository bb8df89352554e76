"""Which rules about who sits with whom a register breaks on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from convener.decide.changes.breach import Breach, breach
from convener.decide.timing import wall
from convener.model import Commitment, ParticipantStatus, Pod, Register, on
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    PodSize,
    Same,
    SessionWindow,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule, Ruleset


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where on a day."""

    ruleset: Ruleset
    register: Register
    day: date
    members: dict[str, list[str]]
    """Members by pod, withdrawn people aside."""
    coaches: dict[str, str]
    """Coach by pod."""
    managers: dict[str, str]
    """Manager by participant."""

    def address(self, person: str) -> str:
        """Return the address by which rules name *person*, in one letter case."""
        known = self.register.people.get(person)
        return (known.email if known else person).casefold()

    def name(self, person: str) -> str:
        """Return the name of *person*, their id when unknown."""
        known = self.register.people.get(person)
        return known.name if known else person

    def zone(self, person: str) -> str:
        """Return the zone of *person*'s wall clock."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone


def seating_of(ruleset: Ruleset, register: Register, day: date) -> Seating:
    """Read who sits where on *day*."""
    gone = {row.person for row in on(register.enrolments, day) if row.status is ParticipantStatus.WITHDRAWN}
    members: dict[str, list[str]] = {pod: [] for pod in register.pods}
    for row in on(register.memberships, day):
        if row.person not in gone:
            members.setdefault(row.pod, []).append(row.person)
    return Seating(
        ruleset=ruleset,
        register=register,
        day=day,
        members={pod: sorted(people) for pod, people in members.items()},
        coaches={row.pod: row.coach for row in on(register.coachings, day)},
        managers={row.person: row.manager for row in on(register.managements, day)},
    )


def seating_breaches(seating: Seating, commitments: Sequence[Commitment] = ()) -> Iterator[Breach]:
    """Yield what *seating* breaks; *commitments* are what coaches carry elsewhere."""
    for pod in seating.register.pods.values():
        yield from _sizes(seating, pod)
        yield from _same(seating, pod)
        yield from _apart(seating, pod)
        yield from _overlaps(seating, pod)
        yield from _accredited(seating, pod)
    yield from _together(seating)
    yield from _loads(seating, commitments)


def _sizes(seating: Seating, pod: Pod) -> Iterator[Breach]:
    size = len(seating.members[pod.id])
    for rule, terms in seating.ruleset.rules_of(PodSize, pod.name):
        if size < terms.min:
            text = f"{pod.id} has {size} members, fewer than {terms.min}"
            yield breach(rule, f"{pod.id} below", text, from_leaving=True)
        if size > terms.max:
            yield breach(rule, f"{pod.id} above", f"{pod.id} has {size} members, more than {terms.max}")


def _same(seating: Seating, pod: Pod) -> Iterator[Breach]:
    people = seating.register.people
    for rule, terms in seating.ruleset.rules_of(Same, pod.name):
        for column in terms.by:
            rows = (people[person] for person in seating.members[pod.id] if person in people)
            values = sorted({row.attributes.get(column, "") for row in rows})
            if len(values) > 1:
                yield breach(rule, f"{pod.id} {values}", f"{pod.id} mixes {column}: {', '.join(values)}")


def _apart(seating: Seating, pod: Pod) -> Iterator[Breach]:
    members = seating.members[pod.id]
    for rule, terms in seating.ruleset.rules_of(Apart, pod.name):
        wanted = {frozenset(address.casefold() for address in pair) for pair in terms.pairs}
        for one, two in combinations(members, 2):
            both = frozenset((seating.address(one), seating.address(two)))
            reports = terms.who is not None and _is_report(seating, one, two)
            if reports or both in wanted:
                why = "one manages the other" if reports else "they are to sit apart"
                text = f"{seating.name(one)} and {seating.name(two)} would both sit in {pod.id}; {why}"
                yield breach(rule, f"{pod.id} {one} {two}", text)


def _is_report(seating: Seating, one: str, two: str) -> bool:
    managers = {person: seating.managers.get(person) for person in (one, two)}
    return any(
        manager is not None and (manager == other or seating.address(manager) == seating.address(other))
        for manager, other in ((managers[one], two), (managers[two], one))
    )


def _together(seating: Seating) -> Iterator[Breach]:
    pods = {seating.address(person): pod for pod, people in seating.members.items() for person in people}
    for rule, terms in seating.ruleset.rules_of(Together):
        for pair in terms.pairs:
            places = {pods[address.casefold()] for address in pair if address.casefold() in pods}
            if len(places) > 1:
                yield breach(rule, " ".join(pair), f"{' and '.join(pair)} would sit in different pods")


def _accredited(seating: Seating, pod: Pod) -> Iterator[Breach]:
    coach = seating.register.coaches.get(seating.coaches.get(pod.id, ""))
    for rule, terms in seating.ruleset.rules_of(CoachAccredited, pod.name) if coach else ():
        lacking = sorted(set(terms.accredited) - coach.accredited) if coach else []
        if coach and (lacking or coach.years < terms.min_years):
            lack = ", ".join(lacking) or f"{terms.min_years} years of experience"
            yield breach(rule, f"{pod.id} {coach.id}", f"{seating.name(coach.id)} lacks {lack} for {pod.id}")


def _loads(seating: Seating, commitments: Sequence[Commitment]) -> Iterator[Breach]:
    for rule, terms in seating.ruleset.rules_of(CoachLoad):
        for coach in sorted(set(seating.coaches.values())):
            elsewhere = sum(commitment.pods for commitment in commitments if commitment.coach == coach)
            pods = elsewhere + sum(known == coach for known in seating.coaches.values())
            most = _most_pods(seating, coach, terms)
            if most is not None and pods > most:
                yield breach(rule, f"{coach} pods", f"{seating.name(coach)} would have {pods} pods, more than {most}")


def _most_pods(seating: Seating, coach: str, terms: CoachLoad) -> int | None:
    known = seating.register.coaches.get(coach)
    bounds = [bound for bound in (terms.max_pods, known.max_pods if known else None) if bound is not None]
    return min(bounds, default=None)


# -- time zones ---------------------------------------------------------------------------------------------------


def _overlaps(seating: Seating, pod: Pod) -> Iterator[Breach]:
    people = [*seating.members[pod.id], *(coach for coach in (seating.coaches.get(pod.id),) if coach)]
    zones = sorted({seating.zone(person) for person in people})
    for rule, terms in seating.ruleset.rules_of(TimezoneOverlap, pod.name) if len(zones) > 1 else ():
        shared = min(_shared(seating, zones, day) for day in _sample(seating))
        if shared < terms.min.as_timedelta():
            text = f"working hours in {pod.id} share {shared}, less than {terms.min}"
            yield breach(rule, f"{pod.id} {zones}", text)


def _sample(seating: Seating) -> Iterable[date]:
    """Return a day of each week of a year from the day: no clock change lasts shorter."""
    return (seating.day + timedelta(weeks=week) for week in range(53))


def _shared(seating: Seating, zones: Sequence[str], day: date) -> timedelta:
    begin, end = _hours(seating, zones[0], day)
    for zone in zones[1:]:
        choices = [_hours(seating, zone, day + timedelta(days=shift)) for shift in (-1, 0, 1)]
        begin, end = max(
            ((max(begin, b), min(end, e)) for b, e in choices), key=lambda span: span[1] - span[0]
        )  # fmt: skip
    return max(end - begin, timedelta())


def _hours(seating: Seating, zone: str, day: date) -> tuple[datetime, datetime]:
    windows: list[tuple[Rule, SessionWindow]] = seating.ruleset.rules_of(SessionWindow)
    terms = next((terms for _, terms in windows if terms.zone == "member"), SessionWindow())
    return wall(day, terms.between[0], zone), wall(day, terms.between[1], zone)
