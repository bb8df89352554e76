"""From one session to the next: which gaps the rules allow, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from convener.planning.dates.question import EVERY, DatesQuestion, PodDates
from convener.planning.dates.series import FAR, IntArray
from convener.planning.dates.slots import BoolArray
from convener.planning.hours import cadence_days
from convener.rulesets.kinds import SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule

ASPECTS = ("week-of-month", "weekday", "time")
DRIFT = 3
"""Days off the cadence that cost 1."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The rules about neighbours as they hold for one pod."""

    gaps: tuple[tuple[str, bool, int, SessionGap], ...]
    """Id, whether inflexible, weight and terms."""
    patterns: tuple[tuple[str, bool, int, SessionPattern], ...]
    cadence: int | None

    @classmethod
    def of(cls, question: DatesQuestion, pod: PodDates) -> "Steps":
        """Read the rules as they hold for *pod*."""
        return cls.read(question.rules(pod), cadence_days(question.ruleset))

    @classmethod
    def read(cls, rules: Mapping[str, Rule], cadence: int | None) -> "Steps":
        """Read *rules* and the days between sessions that the programme asks for."""
        gaps, patterns = [], []
        for name, rule in rules.items():
            if isinstance(rule.terms, SessionGap):
                gaps.append((name, rule.inflexible, rule.weight, rule.terms))
            elif isinstance(rule.terms, SessionPattern):
                patterns.append((name, rule.inflexible, rule.weight, rule.terms))
        return cls(tuple(gaps), tuple(patterns), cadence)

    def units(self, days: IntArray, unlike: BoolArray) -> dict[str, IntArray]:
        """Return how far steps of so many *days* fall short of each rule, where three aspects are *unlike*."""
        found = {
            name: np.maximum(np.maximum(days - terms.max.days, terms.min.days - days), 0)
            for name, _, _, terms in self.gaps
        }
        for name, _, _, terms in self.patterns:
            found[name] = unlike[[ASPECTS.index(aspect) for aspect in terms.same]].sum(axis=0, dtype=np.int64)
        if self.cadence is not None:
            found[EVERY] = np.abs(days - self.cadence) // DRIFT
        return found

    def costs(self, days: IntArray, unlike: BoolArray) -> dict[str, IntArray]:
        """Return what such steps cost by each flexible rule, and by the cadence."""
        weights = {name: 0 if hard else weight for name, hard, weight, _ in (*self.gaps, *self.patterns)}
        return {name: weights.get(name, 1) * units for name, units in self.units(days, unlike).items()}

    def broken(self, days: IntArray, unlike: BoolArray) -> dict[str, BoolArray]:
        """Return where such steps break each inflexible rule."""
        hard = {name for name, inflexible, _, _ in (*self.gaps, *self.patterns) if inflexible}
        return {name: np.asarray(units > 0) for name, units in self.units(days, unlike).items() if name in hard}

    def between(self, days: IntArray, form: IntArray, kept: BoolArray) -> IntArray:
        """(n, n) cost of each node right after another; those *kept* are not judged against each other.

        *days* (n,) are ordinals of dates and *form* (3, n) their aspects. Two sessions never share a date.
        """
        apart = days[None, :] - days[:, None]
        unlike = form[:, None, :] != form[:, :, None]
        cost = np.zeros_like(apart)
        for each in self.costs(apart, unlike).values():
            cost += each
        cost[apart < 1] = FAR
        for wrong in self.broken(apart, unlike).values():
            cost[wrong] = FAR
        cost[np.ix_(kept, kept)] = 0
        return cost
