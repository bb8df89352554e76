"""Whether one pod has a series by itself under any few of its inflexible rules, and the fewest that leave it none.

A smallest set of constraints that cannot all hold is found by a deletion filter (Chinneck and Dravnieks, ORSA Journal
on Computing 3/2, 1991), which gives a set none of which can be left out, and then by trying every smaller one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from convener.planning.dates.judging import Judged
from convener.planning.dates.question import stretch
from convener.planning.dates.series import FAR, IntArray, Series
from convener.planning.dates.slots import BoolArray, clock
from convener.planning.dates.steps import Steps

TRIES = 3_000
"""The most sets that are tried one by one."""
Smaller = Callable[[Collection[str]], bool]
"""Tells whether some of the names cannot all hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One pod, with what each inflexible rule forbids by itself."""

    names: tuple[str, ...]
    """Its inflexible rules."""
    open: BoolArray
    """(layers, nodes) which nodes a session may take as far as no rule is asked."""
    onward: BoolArray
    """(nodes, nodes) which steps lead on, as far as no rule is asked."""
    closed: Mapping[str, BoolArray]
    """(nodes,) what each rule about single sessions forbids."""
    barred: Mapping[str, BoolArray]
    """(nodes, nodes) what each rule about neighbours forbids."""

    def possible(self, names: Collection[str]) -> bool:
        """Tell whether there is a series under the rules *names*."""
        nodes, onward = self._under(names)
        if not len(nodes):
            return True
        reached = nodes[0]
        for layer in nodes[1:]:
            reached = onward[reached].any(axis=0) & layer
        return bool(reached.any())

    def impossible(self, names: Collection[str]) -> bool:
        """Tell whether there is no series under the rules *names*."""
        return not self.possible(names)

    def longest(self) -> int:
        """Return how many sessions, from the first on, could have dates if there were no rules."""
        reached = self.open[0] if len(self.open) else np.zeros(0, dtype=np.bool_)
        for count, layer in enumerate(self.open[1:], start=1):
            if not reached.any():
                return count - 1
            reached = self.onward[reached].any(axis=0) & layer
        return len(self.open) - int(not reached.any())

    def series(self, names: Collection[str], cost: IntArray) -> Series:
        """Return the series under the rules *names*, each node at a *cost* (nodes,) of its own."""
        nodes, onward = self._under(names)
        return Series(
            pod="",
            slots=np.full(len(cost), -1, dtype=np.int64),
            cost=np.where(nodes, cost, FAR),
            between=np.where(onward, 0, FAR).astype(np.int64),
        )

    def _under(self, names: Collection[str]) -> tuple[BoolArray, BoolArray]:
        nodes, onward = self.open.copy(), self.onward
        for name in names:
            if name in self.closed:
                nodes &= ~self.closed[name]
            if name in self.barred:
                onward = onward & ~self.barred[name]
        return nodes, onward


def trial_of(judged: Judged) -> Trial:
    """Lay out a pod for trials."""
    pod, grid = judged.pod, judged.party.grid
    question = grid.question
    kept = sorted((stretch(session), n) for n, session in pod.settled.items() if n in pod.numbers)
    count, total = len(grid), len(grid) + len(kept)
    seen = clock([*((s.starts, s.ends) for s in question.slots), *(span for span, _ in kept)], question.ruleset.zone)
    fixed = np.arange(total) >= count
    free = np.concatenate([~judged.elsewhere & grid.asked(), np.zeros(len(kept), dtype=np.bool_)])
    layers = np.tile(free, (len(pod.numbers), 1))
    for place, (_, number) in enumerate(kept):
        layers[pod.numbers.index(number)] = np.arange(total) == count + place
    for number, session in pod.movable.items():
        if number in pod.numbers:
            own = _place(judged, stretch(session))
            layers[pod.numbers.index(number), own] = not judged.elsewhere[own]
    rules = {name: rule for name, rule in question.rules(pod).items() if rule.inflexible}
    closed = {
        name: np.concatenate([units > 0, np.zeros(len(kept), dtype=np.bool_)])
        for name, (rule, units) in judged.units.items()
        if rule.inflexible
    }
    apart = seen.day[None, :] - seen.day[:, None]
    unlike = seen.form[:, None, :] != seen.form[:, :, None]
    both = fixed[None, :] & fixed[:, None]
    barred = {name: wrong & ~both for name, wrong in Steps.read(rules, None).broken(apart, unlike).items()}
    return Trial(tuple(sorted({*closed, *barred})), layers, (apart >= 1) | both, closed, barred)


def _place(judged: Judged, span: tuple[object, object]) -> int:
    slots = judged.party.grid.question.slots
    return next(at for at, slot in enumerate(slots) if (slot.starts, slot.ends) == span)


def smallest(names: Sequence[str], fails: Smaller, first: Collection[str] = ()) -> tuple[str, ...]:
    """Return the fewest of *names* that fail together, when all of them do; the *first* are rather kept.

    Raising the size one by one is exact as long as there are no more than `TRIES` sets of a size; beyond, none of
    those returned can be left out.
    """
    core = [*(n for n in names if n not in first), *(n for n in names if n in first)]
    for name in list(core):
        fewer = [other for other in core if other != name]
        if fails(fewer):
            core = fewer
    for size in range(len(core)):
        if comb(len(names), size) > TRIES:
            break
        found = next((each for each in combinations(names, size) if fails(each)), None)
        if found is not None:
            return found
    return tuple(name for name in names if name in core)
