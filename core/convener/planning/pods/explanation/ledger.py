"""What pods count by each rule, kept by pod, so that a change of two pods is judged by those two alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from convener.planning.pods.costs import Seated, units
from convener.planning.pods.explanation.nouns import JUDGED
from convener.planning.pods.question import PodQuestion, apart_pairs, together_pairs
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

WITHIN = (PodSize, Same, Mix, Similar, TimezoneOverlap, CoachAccredited)
"""Kinds that judge each pod by itself."""
Partners = Mapping[str, Sequence[str]]
"""Everyone a rule pairs a person with."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Pods and their units by rule."""

    question: PodQuestion
    pods: tuple[Seated, ...]
    rules: tuple[Rule, ...]
    """Rules on pods, by id."""
    counts: Mapping[str, tuple[int, ...]]
    """Units of each pod by the id of a rule that judges pods by themselves."""
    partners: Mapping[str, Partners]
    """By the id of a rule on pairs."""
    at: Mapping[str, int]
    """Place of each person's pod."""

    def short(self, rule: Rule) -> dict[int, int]:
        """Return the units by which each pod falls short of *rule*, those that do only; a pair counts in both."""
        if isinstance(rule.terms, CoachLoad):
            return self._overloaded(rule)
        if rule.id in self.counts:
            return {at: count for at, count in enumerate(self.counts[rule.id]) if count}
        apart = isinstance(rule.terms, Apart)
        found: Counter[int] = Counter()
        for person, others in self.partners[rule.id].items():
            found[self.at[person]] += sum(apart is (self.at[person] == self.at[other]) for other in others)
        return {at: count for at, count in sorted(found.items()) if count}

    def units(self, rule: Rule) -> int:
        """Return the units by which all pods fall short of *rule*."""
        if rule.id in self.counts:
            return sum(self.counts[rule.id])
        if isinstance(rule.terms, CoachLoad):
            return units(self.question, rule, list(self.pods))
        return sum(self.short(rule).values()) // 2

    def _overloaded(self, rule: Rule) -> dict[int, int]:
        taken: dict[str, list[int]] = defaultdict(list)
        for at, pod in enumerate(self.pods):
            taken[pod.coach or ""].append(at)
        return {
            at: 1
            for coach, mine in taken.items()
            if coach and units(self.question, rule, [self.pods[at] for at in mine])
            for at in mine
        }

    def changes(self, pods: Mapping[int, Sequence[str]]) -> dict[str, int]:
        """Return by how many units each rule would count more were these the members of the pods at these places."""
        found: dict[str, int] = {}
        moved = {person: at for at, members in pods.items() for person in members if self.at[person] != at}
        for rule in self.rules:
            if rule.id in self.partners:
                more = self._pairs(rule, moved)
            elif rule.id in self.counts and not isinstance(rule.terms, CoachAccredited):
                more = sum(self._within(rule, at, members) - self.counts[rule.id][at] for at, members in pods.items())
            else:
                more = 0
            if more:
                found[rule.id] = more
        return found

    def _within(self, rule: Rule, at: int, members: Iterable[str]) -> int:
        return units(self.question, rule, [replace(self.pods[at], members=tuple(members))])

    def _pairs(self, rule: Rule, moved: Mapping[str, int]) -> int:
        partners, apart, found = self.partners[rule.id], isinstance(rule.terms, Apart), 0
        for person, new in moved.items():
            for other in partners.get(person, ()):
                if other in moved and other < person:
                    continue  # counted from the other's side
                before = apart is (self.at[person] == self.at[other])
                found += (apart is (new == moved.get(other, self.at[other]))) - before
        return found


def open_ledger(question: PodQuestion, pods: Sequence[Seated]) -> Ledger:
    """Return the ledger of *pods*, who seat everyone of *question*."""
    rules = tuple(rule for _, rule in sorted(question.ruleset.rules.items()) if isinstance(rule.terms, JUDGED))
    return Ledger(
        question=question,
        pods=tuple(pods),
        rules=rules,
        counts={r.id: tuple(units(question, r, [pod]) for pod in pods) for r in rules if isinstance(r.terms, WITHIN)},
        partners={
            rule.id: _partners(question, rule.terms) for rule in rules if isinstance(rule.terms, Apart | Together)
        },
        at={person: at for at, pod in enumerate(pods) for person in pod.members},
    )


def _partners(question: PodQuestion, terms: Apart | Together) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    pairs = apart_pairs(question, terms) if isinstance(terms, Apart) else together_pairs(question, terms)
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return {person: tuple(sorted(others)) for person, others in sorted(found.items())}
