"""What a division costs by each rule, counted from the members themselves, and the words for it."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from convener.planning.pods.carriers import lacks
from convener.planning.pods.question import PodQuestion, apart_pairs, minutes_of, together_pairs
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


def score(question: PodQuestion, pods: list[Seated]) -> int:
    """Return what *pods* cost by all flexible rules: the sum of weight times units."""
    flexible = [rule for rule in question.ruleset.rules.values() if not rule.inflexible]
    return sum(rule.weight * count for rule in flexible if (count := units(question, rule, pods)))


def breaches(question: PodQuestion, pods: list[Seated]) -> list[str]:
    """Return ids of the inflexible rules that *pods* break, sorted."""
    return sorted(
        rule.id for rule in question.ruleset.rules.values() if rule.inflexible and units(question, rule, pods)
    )


def units(question: PodQuestion, rule: Rule, pods: list[Seated]) -> int:
    """Return the units by which *pods* fall short of *rule*; the unit of each kind is told in `sheet`."""
    terms = rule.terms
    if isinstance(terms, PodSize):
        return sum(max(len(pod.members) - terms.max, terms.min - len(pod.members), 0) for pod in pods)
    if isinstance(terms, Same | Mix | Similar):
        return sum(_by_column(question, rule, terms, column, pod.members) for column in terms.by for pod in pods)
    if isinstance(terms, Apart | Together):
        return _pairs(question, terms, pods)
    if isinstance(terms, TimezoneOverlap):
        return sum(len(zone_breaches(question, terms, pod)) for pod in pods)
    if isinstance(terms, CoachLoad | CoachAccredited):
        return _coaches(question, terms, pods)
    return 0


def _by_column(
    question: PodQuestion, rule: Rule, terms: Same | Mix | Similar, column: str, members: tuple[str, ...]
) -> int:
    values = [question.value(person, column) for person in members]
    if not (rule.inflexible and isinstance(terms, Same)):
        values = [value for value in values if value]
    counted = Counter(values)
    if isinstance(terms, Same):
        return len(values) - max(counted.values(), default=0)
    if isinstance(terms, Mix):
        return sum(count * (count - 1) // 2 for count in counted.values())
    order = question.order(column)
    return sum(abs(order[one] - order[other]) for one, other in combinations(values, 2))


def _pairs(question: PodQuestion, terms: Apart | Together, pods: list[Seated]) -> int:
    at = {person: place for place, pod in enumerate(pods) for person in pod.members}
    apart = isinstance(terms, Apart)
    pairs = apart_pairs(question, terms) if isinstance(terms, Apart) else together_pairs(question, terms)
    return sum(apart is (at[one] == at[other]) for one, other in pairs if one in at and other in at)


def zone_breaches(question: PodQuestion, terms: TimezoneOverlap, pod: Seated) -> list[tuple[str, str]]:
    """Return the pairs of zones in *pod*, its coach's included, that share too little."""
    people = [*pod.members, *([pod.coach] if pod.coach else [])]
    zones = sorted({question.zone(person) for person in people})
    minutes = minutes_of(terms)
    return [pair for pair in combinations_with_replacement(zones, 2) if not question.shares(*pair, minutes)]


def _coaches(question: PodQuestion, terms: CoachLoad | CoachAccredited, pods: list[Seated]) -> int:
    by_id = {carrier.id: carrier for carrier in question.carriers}
    takes = Counter(pod.coach for pod in pods if pod.coach)
    if isinstance(terms, CoachLoad):
        most = terms.max_pods
        return 0 if most is None else sum(max(n - max(most - by_id[c].carries, 0), 0) for c, n in takes.items())
    return sum(takes[carrier.id] for carrier in by_id.values() if lacks(carrier, terms))
