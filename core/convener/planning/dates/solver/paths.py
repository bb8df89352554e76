"""Paths through the slots: the cheapest series of dates for one pod, exactly, by dynamic programming on arrays.

Bellman's recursion (Dynamic Programming, Princeton, 1957) over layers: the least cost from each node on, last layer
first, as one sum and one minimum of arrays a layer. Whole numbers throughout; of equals the earliest nodes win.
"""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convener.planning.dates.series import FAR, IntArray, Series

NEVER = 1 << 60
"""Cost of what may not be. Three or four of them still fit 64 bits."""
Path = tuple[int, ...]
"""For each layer the index of its node."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """One pod's layers as the recursion reads them."""

    cost: IntArray
    """(layers, m) cost of each node, `NEVER` for those that lie on no path."""
    between: IntArray
    """(m, m) cost of each step, `NEVER` where it may not be."""
    spans: tuple[slice, ...]
    """For each layer the nodes from the first to the last that lie on a path; empty where there is none."""

    @classmethod
    def of(cls, series: Series, unit: int = 1, known: MutableMapping[int, IntArray] | None = None) -> "Graph":
        """Lay *series* out with every cost times *unit*; *known* keeps steps that pods share, by identity."""
        known = {} if known is None else known
        if id(series.between) not in known:
            known[id(series.between)] = _scaled(series.between, unit)
        return cls.thinned(_scaled(series.cost, unit), known[id(series.between)])

    @classmethod
    def thinned(cls, cost: IntArray, between: IntArray) -> "Graph":
        """Return the graph of the nodes which lie on a path."""
        whole = cls(cost, between, (slice(0, cost.shape[1]),) * cost.shape[0])
        lost = least_through(whole) >= NEVER
        cost = np.where(lost, NEVER, cost)
        return cls(cost, between, tuple(_span(~row) for row in lost))

    @property
    def size(self) -> int:
        """Return the nodes of all layers together: the steps that one recursion counts for."""
        return int(self.cost.size)


def _scaled(costs: IntArray, unit: int) -> IntArray:
    return np.where(costs >= FAR, NEVER, costs * unit)


def _span(alive: NDArray[np.bool_]) -> slice:
    at = np.flatnonzero(alive)
    return slice(int(at[0]), int(at[-1]) + 1) if len(at) else slice(0, 0)


def backward(graph: Graph, price: IntArray | int = 0) -> list[IntArray]:
    """Return for each layer the least cost from each node of its span on, at least `NEVER` where no path goes on.

    *price* (m,) adds to the cost of each node.
    """
    found: list[IntArray] = []
    own = graph.cost + price
    for layer in reversed(range(len(graph.spans))):
        span = graph.spans[layer]
        rest = own[layer, span]
        if found:
            steps = graph.between[span, graph.spans[layer + 1]] + found[-1]
            rest = np.minimum(rest + steps.min(axis=1, initial=NEVER), NEVER)
        found.append(rest)
    return found[::-1]


def forward(graph: Graph, price: IntArray | int = 0) -> list[IntArray]:
    """Return for each layer the least cost up to each node of its span, its own included."""
    found: list[IntArray] = []
    own = graph.cost + price
    for layer, span in enumerate(graph.spans):
        rest = own[layer, span]
        if found:
            steps = graph.between[graph.spans[layer - 1], span] + found[-1][:, np.newaxis]
            rest = np.minimum(rest + steps.min(axis=0, initial=NEVER), NEVER)
        found.append(rest)
    return found


def least_through(graph: Graph, price: IntArray | int = 0) -> IntArray:
    """Return (layers, m) the least cost of any path that takes a node at a layer, `NEVER` where there is none."""
    found = np.full(graph.cost.shape, NEVER, dtype=np.int64)
    own = graph.cost + price
    for layer, (to, on) in enumerate(zip(forward(graph, price), backward(graph, price), strict=True)):
        span = graph.spans[layer]
        possible = (to < NEVER) & (on < NEVER)
        found[layer, span] = np.where(possible, to + on - own[layer, span], NEVER)
    return found


def cheapest(graph: Graph, price: IntArray | int = 0) -> tuple[int, Path] | None:
    """Return cost and nodes of the cheapest path, None when there is none; *price* (m,) adds to each node."""
    rest = backward(graph, price)
    if not rest:
        return 0, ()
    if not len(rest[0]) or rest[0].min() >= NEVER:
        return None
    at = int(rest[0].argmin())
    cost, path = int(rest[0][at]), [graph.spans[0].start + at]
    for layer in range(1, len(rest)):
        span = graph.spans[layer]
        path.append(span.start + int((graph.between[path[-1], span] + rest[layer]).argmin()))
    return cost, tuple(path)


def again(series: Series, taken: Collection[int]) -> tuple[int, Path] | None:
    """Return cost and nodes of the best series of one pod around the slots *taken*, None when there is none.

    Of equals the earliest dates win. The sessions of others stay where they are.
    """
    return cheapest(Graph.of(series), _bar(series, taken))


def through(series: Series, taken: Collection[int]) -> IntArray:
    """Return (layers, m) the least cost of any series around *taken* which takes a node as a session; `FAR` if none.

    The least entry of each row is the best series' cost; the others tell what a runner-up costs.
    """
    return np.minimum(least_through(Graph.of(series), _bar(series, taken)), FAR)


def _bar(series: Series, taken: Collection[int]) -> IntArray:
    slots = np.fromiter(taken, dtype=np.int64, count=len(taken))
    return np.where(np.isin(series.slots, slots[slots >= 0]), NEVER, 0)
