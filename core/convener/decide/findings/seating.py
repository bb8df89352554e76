"""Rules about who sits with whom, measured on a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations

from convener.decide.findings.finding import Finding, listed, named
from convener.decide.findings.ground import Ground
from convener.decide.moments.timing import wall
from convener.model import Pod
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    SessionWindow,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule


def seating(ground: Ground) -> Iterator[Finding]:
    """Yield what every rule about pods and their coaches comes to."""
    for pod in ground.register.pods.values():
        yield from _sizes(ground, pod)
        yield from _same(ground, pod)
        yield from _spread(ground, pod)
        yield from _apart(ground, pod)
        yield from _overlaps(ground, pod)
        yield from _accredited(ground, pod)
    yield from _together(ground)
    yield from _loads(ground)


def _about(ground: Ground, rule: Rule, pod: Pod, text: str, *, breached: bool | None = False) -> Finding:
    """Make what *rule* comes to for *pod*: good to know, for a solver weighed it already."""
    names, day = named(pod.id), ground.day
    return Finding(rule=rule, subject=pod.id, breached=breached, text=text, names=names, day=day, severity="low")


def _sizes(ground: Ground, pod: Pod) -> Iterator[Finding]:
    size = len(ground.members[pod.id])
    for rule, terms in ground.rules_of(PodSize, pod):
        found = replace(_about(ground, rule, pod, f"{pod.id} has {size} members"), severity="")
        if size < terms.min:
            text = f"{found.text}, fewer than {terms.min}"
            yield replace(found, mark="below", text=text, breached=True, from_leaving=True)
        elif size > terms.max:
            yield replace(found, mark="above", text=f"{found.text}, more than {terms.max}", breached=True)
        else:
            yield replace(found, text=f"{found.text}, {terms.min} to {terms.max} wanted")


# -- columns of the roster ----------------------------------------------------------------------------------------


def _values(ground: Ground, pod: Pod, column: str) -> Counter[str]:
    people = ground.register.people
    rows = (people[person] for person in ground.members[pod.id] if person in people)
    return Counter(row.attributes.get(column, "").strip() for row in rows)


def _same(ground: Ground, pod: Pod) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(Same, pod):
        for column in terms.by:
            values = _values(ground, pod, column)
            known = [value for value in values if value]
            shown = listed(values)
            if len(known) > 1:
                found = _about(ground, rule, pod, f"{pod.id} mixes {column}: {shown}", breached=True)
                yield replace(found, mark=f"{column}: {shown}")
            elif "" in values:
                yield replace(_unknown(ground, rule, pod, column, values[""]), mark=column)
            else:
                yield replace(_about(ground, rule, pod, f"{pod.id} shares {column}: {shown}"), mark=column)


def _unknown(ground: Ground, rule: Rule, pod: Pod, column: str, people: int) -> Finding:
    missing = (f"{column} of {people} members of {pod.id}",)
    text = f"{pod.id}: {column} is not known of {people} members"
    return replace(_about(ground, rule, pod, text, breached=None), missing=missing)


def _spread(ground: Ground, pod: Pod) -> Iterator[Finding]:
    """Yield what mixing and likeness come to: a matter of degree, unless the rule is inflexible."""
    for rule, mix in ground.rules_of(Mix, pod):
        for column in mix.by:
            values = _values(ground, pod, column)
            twice = [value for value, count in values.items() if value and count > 1]
            text = f"{pod.id} repeats {column}: {listed(twice)}" if twice else f"{pod.id} repeats no {column}"
            found = _about(ground, rule, pod, text, breached=bool(twice))
            yield replace(found, mark=f"{column}: {listed(twice)}" if twice else column, by_degree=True)
    for rule, similar in ground.rules_of(Similar, pod):
        for column in similar.by:
            values = _values(ground, pod, column)
            known = [value for value in values if value]
            text = f"{pod.id} has {column}: {listed(known)}"
            found = _about(ground, rule, pod, text, breached=len(known) > 1)
            yield replace(found, mark=f"{column}: {listed(known)}", by_degree=True)


# -- pairs --------------------------------------------------------------------------------------------------------


def _apart(ground: Ground, pod: Pod) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(Apart, pod):
        wanted = {frozenset(address.casefold() for address in pair) for pair in terms.pairs}
        clash = False
        for one, two in combinations(ground.members[pod.id], 2):
            reports = terms.who is not None and _is_report(ground, one, two)
            if not reports and frozenset((ground.address(one), ground.address(two))) not in wanted:
                continue
            clash = True
            why = "one manages the other" if reports else "they are to sit apart"
            text = f"{ground.name(one)} and {ground.name(two)} would both sit in {pod.id}; {why}"
            found = _about(ground, rule, pod, text, breached=True)
            names = found.names | named(one, two, ground.address(one), ground.address(two))
            yield replace(found, mark=f"{one} {two}", names=names)
        if not clash:
            yield _about(ground, rule, pod, f"nobody in {pod.id} is to sit apart from another")


def _is_report(ground: Ground, one: str, two: str) -> bool:
    managers = {person: ground.managers.get(person) for person in (one, two)}
    return any(
        manager is not None and (manager == other or ground.address(manager) == ground.address(other))
        for manager, other in ((managers[one], two), (managers[two], one))
    )


def _together(ground: Ground) -> Iterator[Finding]:
    rules = ground.rules_of(Together)
    seats = {ground.address(p): pod for pod, people in ground.members.items() for p in people} if rules else {}
    for rule, terms in rules:
        for pair in terms.pairs:
            places = {seats[address.casefold()] for address in pair if address.casefold() in seats}
            apart = len(places) > 1
            yield Finding(
                rule=rule,
                subject=" ".join(pair),
                breached=apart,
                text=f"{' and '.join(pair)} {'would sit in different pods' if apart else 'are not in different pods'}",
                names=named(*pair, *places),
                day=ground.day,
                severity="low",
            )


# -- coaches ------------------------------------------------------------------------------------------------------


def _accredited(ground: Ground, pod: Pod) -> Iterator[Finding]:
    coach = ground.coaches.get(pod.id)
    rules = ground.rules_of(CoachAccredited, pod) if coach else []
    for rule, terms in rules:
        name, known = ground.name(coach or ""), ground.register.coaches.get(coach or "")
        found = replace(_about(ground, rule, pod, f"{name} has what {pod.id} asks for"), mark=coach or "")
        if known is None:
            missing = (f"what {name} is accredited for",)
            yield replace(found, breached=None, text=f"nothing is known of {name} as a coach", missing=missing)
            continue
        lacking = sorted(set(terms.accredited) - known.accredited)
        if lacking or known.years < terms.min_years:
            lack = ", ".join(lacking) or f"{terms.min_years} years of experience"
            found = replace(found, breached=True, text=f"{name} lacks {lack} for {pod.id}")
        yield found


def _loads(ground: Ground) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(CoachLoad):
        for coach in sorted(set(ground.coaches.values())):
            most = _most_pods(ground, coach, terms)
            if most is None:
                continue
            elsewhere = sum(commitment.pods for commitment in ground.commitments if commitment.coach == coach)
            pods = elsewhere + sum(known == coach for known in ground.coaches.values())
            name = ground.name(coach)
            over = f"{name} would have {pods} pods, more than {most}"
            yield Finding(
                rule=rule,
                subject=coach,
                mark="pods",
                breached=pods > most,
                text=over if pods > most else f"{name} has {pods} pods, at most {most}",
                names=named(coach, ground.address(coach)),
                day=ground.day,
                severity="low",
            )


def _most_pods(ground: Ground, coach: str, terms: CoachLoad) -> int | None:
    known = ground.register.coaches.get(coach)
    bounds = [bound for bound in (terms.max_pods, known.max_pods if known else None) if bound is not None]
    return min(bounds, default=None)


# -- time zones ---------------------------------------------------------------------------------------------------


def _overlaps(ground: Ground, pod: Pod) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(TimezoneOverlap, pod):
        people = [*ground.members[pod.id], *(coach for coach in (ground.coaches.get(pod.id),) if coach)]
        zones = sorted({ground.index.zone_of(person) for person in people})
        if len(zones) < 2:  # noqa: PLR2004 - one clock shares all its hours with itself
            yield _about(ground, rule, pod, f"{pod.id} lives on one clock")
            continue
        shared = min(_shared(ground, zones, day) for day in _sample(ground))
        least = terms.min.as_timedelta()
        text = f"working hours in {pod.id} share {shared}, "
        text += f"less than {terms.min}" if shared < least else f"{terms.min} wanted"
        yield replace(_about(ground, rule, pod, text, breached=shared < least), mark=f"{' '.join(zones)}")


def _sample(ground: Ground) -> Iterable[date]:
    """Return a day of each week of a year from the day: no clock change lasts shorter."""
    return (ground.day + timedelta(weeks=week) for week in range(53))


def _shared(ground: Ground, zones: Sequence[str], day: date) -> timedelta:
    begin, end = _hours(ground, zones[0], day)
    for zone in zones[1:]:
        choices = [_hours(ground, zone, day + timedelta(days=shift)) for shift in (-1, 0, 1)]
        begin, end = max(
            ((max(begin, b), min(end, e)) for b, e in choices), key=lambda span: span[1] - span[0]
        )  # fmt: skip
    return max(end - begin, timedelta())


def _hours(ground: Ground, zone: str, day: date) -> tuple[datetime, datetime]:
    windows = ground.ruleset.rules_of(SessionWindow)
    terms = next((terms for _, terms in windows if terms.zone == "member"), SessionWindow())
    return wall(day, terms.between[0], zone), wall(day, terms.between[1], zone)
