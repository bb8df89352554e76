"""One question under any choice of its inflexible rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from convener.planning.pods.explanation.nouns import JUDGED
from convener.planning.pods.feasibility.crowd import Crowd, read_crowd
from convener.planning.pods.question import PodQuestion
from convener.rulesets.ruleset import Rule, Ruleset

Pose = Callable[[Ruleset], PodQuestion]
"""Asks the question anew under other rules."""


@dataclass(frozen=True, slots=True)
class Case:
    """A ruleset of which some inflexible rules on pods are tried at a time."""

    ruleset: Ruleset
    pose: Pose

    @property
    def hard(self) -> dict[str, Rule]:
        """The inflexible rules on pods, by id in order."""
        rules = sorted(self.ruleset.rules.items())
        return {name: rule for name, rule in rules if rule.inflexible and isinstance(rule.terms, JUDGED)}

    def crowd(self, rules: Mapping[str, Rule]) -> Crowd:
        """Return the people with what *rules* ask of them; of all other rules only those on dates are kept."""
        others = {n: rule for n, rule in self.ruleset.rules.items() if not isinstance(rule.terms, JUDGED)}
        return read_crowd(self.pose(replace(self.ruleset, rules={**others, **dict(sorted(rules.items()))})))
