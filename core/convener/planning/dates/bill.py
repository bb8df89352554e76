"""What a pod's series comes to, by rule and session: the same sums as the arrays, with their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from convener.planning.dates.layout import Plot
from convener.planning.dates.question import ANSWERS, START
from convener.rulesets.kinds import Notice


@dataclass(frozen=True, slots=True)
class Item:
    """How far a session falls short of one rule."""

    units: int
    cost: int


Bill = Mapping[str, Item]
"""What one session costs by rule, its step from the session before included; inflexible rules left out."""


def bills(plot: Plot, path: Sequence[int]) -> list[Bill]:
    """Return the bill of each session of *path*, by layer."""
    nodes = list(path)
    found: list[dict[str, Item]] = [
        _own(plot, plot.local[node].item(), home=plot.homes.get(layer) == node) for layer, node in enumerate(nodes)
    ]
    if plot.pod.numbers[0] not in plot.pod.settled and plot.late[nodes[0]]:
        late = int(plot.late[nodes[0]])
        found[0][START] = Item(late, late)
    days, form = plot.days[nodes], plot.form[:, nodes]
    apart, unlike = np.diff(days), form[:, 1:] != form[:, :-1]
    units, costs = plot.steps.units(apart, unlike), plot.steps.costs(apart, unlike)
    for layer in range(1, len(nodes)):
        if plot.local[nodes[layer]] >= 0 or plot.local[nodes[layer - 1]] >= 0:
            for name in sorted(costs):
                if units[name][layer - 1]:
                    found[layer][name] = Item(int(units[name][layer - 1]), int(costs[name][layer - 1]))
    return list(found)


def _own(plot: Plot, slot: int, *, home: bool) -> dict[str, Item]:
    """Return what a slot costs by itself; a session that keeps its date outside the slots costs nothing."""
    if slot < 0:
        return {}
    found: dict[str, Item] = {}
    answers = int(plot.judged.answers[slot])
    if answers:
        found[ANSWERS] = Item(answers, answers)
    for name, (rule, units) in plot.judged.units.items():
        if not rule.inflexible and units[slot] and not (home and isinstance(rule.terms, Notice)):
            found[name] = Item(int(units[slot]), rule.weight * int(units[slot]))
    return found
