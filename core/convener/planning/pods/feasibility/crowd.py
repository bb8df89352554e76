"""What the inflexible rules of a question say of each person: ties, marks that exclude each other, zones, sizes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from convener.planning.pods.carriers import Carrier
from convener.planning.pods.question import (
    PodQuestion,
    apart_pairs,
    joined,
    minutes_of,
    shortened,
    together_pairs,
    zone_clashes,
)
from convener.rulesets.kinds import Apart, Mix, PodSize, Same, Similar, TimezoneOverlap, Together

Mark = tuple[str, str]
"""Id of a rule and the column it speaks of."""
SHOWN = 6
"""People that a sentence names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why a question has no answer."""

    words: str
    people: tuple[str, ...] = ()
    """Ids of those it is about, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The people of a question with what inflexible rules ask of them."""

    question: PodQuestion
    sizes: tuple[tuple[str, PodSize], ...]
    least: int
    most: int
    friends: Mapping[str, Mapping[str, str]]
    """Who must sit with whom, with the id of the rule, both ways."""
    rivals: Mapping[str, Mapping[str, str]]
    """Who must not sit with whom, likewise."""
    alike: Mapping[Mark, Mapping[str, str]]
    """Values of which a pod holds one at most, by person; who has none fits everywhere."""
    unlike: Mapping[Mark, Mapping[str, str]]
    """Values of which a pod holds each once at most, by person."""
    clashes: Mapping[tuple[str, str], str]
    """Pairs of zones, sorted, that cannot be in one pod, with the id of the rule."""
    zones: Mapping[str, str]
    """Zones of the people, empty for zones that clash with none."""
    coaching: frozenset[str] | None
    """Zones of the coaches with room, likewise; None where pods need no coach."""

    def name(self, person: str) -> str:
        """Return the name of *person*."""
        return self.question.name(person)

    def coaching_zone(self, carrier: Carrier) -> str:
        """Return the zone of a coach, empty when it clashes with none."""
        return carrier.zone if any(carrier.zone in pair for pair in self.clashes) else ""

    def zones_fit(self, one: str, other: str) -> bool:
        """Tell whether two zones may be in one pod."""
        return (min(one, other), max(one, other)) not in self.clashes

    def listed(self, people: Sequence[str]) -> str:
        """Return names as a sentence has them, at most `SHOWN` of them."""
        names = [self.name(person) for person in people]
        return shortened(names, SHOWN)

    def clash(self, one: str, other: str) -> str | None:
        """Say why two people cannot sit in one pod, None when nothing forbids it."""
        rule = self.rivals.get(one, {}).get(other)
        both = f"{self.name(one)} and {self.name(other)}"
        if rule is not None:
            return f"{both} must be apart (rule {rule})"
        for (name, column), values in self.alike.items():
            mine, theirs = values.get(one), values.get(other)
            if mine is not None and theirs is not None and mine != theirs:
                return f"{both} differ in {column}: {mine or 'none'} and {theirs or 'none'} (rule {name})"
        for (name, column), values in self.unlike.items():
            if one in values and values[one] == values.get(other):
                return f"{both} must not share {column} {values[one]} (rule {name})"
        zones = (min(self.zones[one], self.zones[other]), max(self.zones[one], self.zones[other]))
        if zones in self.clashes:
            return f"{both} share too few working hours in {joined(sorted(set(zones)))} (rule {self.clashes[zones]})"
        return None


def read_crowd(question: PodQuestion) -> Crowd:
    """Return the people of *question* with what its inflexible rules ask of them."""
    sizes = tuple((rule.id, terms) for rule, terms in question.ruleset.rules_of(PodSize) if rule.inflexible)
    clashes = _clashes(question)
    torn = {zone for pair in clashes for zone in pair}
    return Crowd(
        question=question,
        sizes=sizes,
        least=max((terms.min for _, terms in sizes), default=1),
        most=min((terms.max for _, terms in sizes), default=max(len(question.people), 1)),
        friends=_neighbours(
            (pair, rule.id)
            for rule, terms in question.ruleset.rules_of(Together)
            if rule.inflexible
            for pair in together_pairs(question, terms)
        ),
        rivals=_neighbours(
            (pair, rule.id)
            for rule, terms in question.ruleset.rules_of(Apart)
            if rule.inflexible
            for pair in apart_pairs(question, terms)
        ),
        alike=_alike(question),
        unlike=_unlike(question),
        clashes=clashes,
        coaching=_coaching(question, torn) if question.coached else None,
        zones={p: zone if (zone := question.zone(p)) in torn else "" for p in question.people},
    )


def _coaching(question: PodQuestion, torn: Collection[str]) -> frozenset[str]:
    return frozenset(carrier.zone if carrier.zone in torn else "" for carrier in question.carriers if carrier.room != 0)


def _neighbours(pairs: Iterable[tuple[tuple[str, str], str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (one, other), rule in pairs:
        found[one].setdefault(other, rule)
        found[other].setdefault(one, rule)
    return dict(found)


def _alike(question: PodQuestion) -> dict[Mark, dict[str, str]]:
    found: dict[Mark, dict[str, str]] = {}
    for rule in question.ruleset.rules.values():
        if rule.inflexible and isinstance(rule.terms, Same | Similar):
            empty = isinstance(rule.terms, Same)  # an unknown value is a value of its own to `same`
            for column in rule.terms.by:
                values = {person: question.value(person, column) for person in question.people}
                found[rule.id, column] = {person: value for person, value in values.items() if value or empty}
    return found


def _unlike(question: PodQuestion) -> dict[Mark, dict[str, str]]:
    found: dict[Mark, dict[str, str]] = {}
    for rule, terms in question.ruleset.rules_of(Mix):
        for column in terms.by if rule.inflexible else ():
            values = {person: question.value(person, column) for person in question.people}
            found[rule.id, column] = {person: value for person, value in values.items() if value}
    return found


def _clashes(question: PodQuestion) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for rule, terms in question.ruleset.rules_of(TimezoneOverlap):
        if rule.inflexible:
            for pair in zone_clashes(question, minutes_of(terms)):
                found.setdefault(pair, rule.id)
    return found
