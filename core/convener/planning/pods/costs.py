"""What a division costs by each rule, counted from the members themselves, and the words for it."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from convener.planning.pods.question import PodQuestion, apart_pairs, ranks, together_pairs
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True)
class Seated:
    """A pod with its members and coach."""

    name: str
    members: tuple[str, ...]
    coach: str | None


def units(question: PodQuestion, rule: Rule, pods: list[Seated]) -> int:
    """Return the units by which *pods* fall short of *rule*; the unit of each kind is told in `sheet`."""
    terms = rule.terms
    if isinstance(terms, PodSize):
        return sum(max(len(pod.members) - terms.max, terms.min - len(pod.members), 0) for pod in pods)
    if isinstance(terms, Same | Mix | Similar):
        return sum(_by_column(question, terms, column, pod.members) for column in terms.by for pod in pods)
    if isinstance(terms, Apart | Together):
        return _pairs(question, terms, pods)
    if isinstance(terms, TimezoneOverlap):
        return sum(len(zone_breaches(question, terms, pod)) for pod in pods)
    if isinstance(terms, CoachLoad | CoachAccredited):
        return _coaches(question, terms, pods)
    return 0


def _by_column(question: PodQuestion, terms: Same | Mix | Similar, column: str, members: tuple[str, ...]) -> int:
    values = [value for person in members if (value := question.value(person, column))]
    counted = Counter(values)
    if isinstance(terms, Same):
        return len(values) - max(counted.values(), default=0)
    if isinstance(terms, Mix):
        return sum(count * (count - 1) // 2 for count in counted.values())
    order = ranks(question.value(person, column) for person in question.people)
    return sum(abs(order[one] - order[other]) for one, other in combinations(values, 2))


def _pairs(question: PodQuestion, terms: Apart | Together, pods: list[Seated]) -> int:
    at = {person: pod.name for pod in pods for person in pod.members}
    if isinstance(terms, Apart):
        return sum(at[one] == at[other] for one, other in apart_pairs(question, terms))
    return sum(at[one] != at[other] for one, other in together_pairs(question, terms))


def zone_breaches(question: PodQuestion, terms: TimezoneOverlap, pod: Seated) -> list[tuple[str, str]]:
    """Return the pairs of zones in *pod*, its coach's included, that share too little."""
    minutes = int(terms.min.as_timedelta().total_seconds() // 60)
    people = [*pod.members, *([pod.coach] if pod.coach else [])]
    zones = sorted({question.zone(person) for person in people})
    pairs = [(one, other) for place, one in enumerate(zones) for other in zones[place:]]
    return [pair for pair in pairs if not question.shares(*pair, minutes)]


def _coaches(question: PodQuestion, terms: CoachLoad | CoachAccredited, pods: list[Seated]) -> int:
    by_id = {carrier.id: carrier for carrier in question.carriers}
    takes = Counter(pod.coach for pod in pods if pod.coach)
    if isinstance(terms, CoachLoad):
        most = terms.max_pods
        return 0 if most is None else sum(max(n + by_id[c].carries - most, 0) for c, n in takes.items())
    lacking = [c for c in by_id.values() if not set(terms.accredited) <= c.skills or c.years < terms.min_years]
    return sum(takes[carrier.id] for carrier in lacking)
