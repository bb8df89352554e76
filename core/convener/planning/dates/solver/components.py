"""Pods that have to be planned together, on arrays: their graphs, and which limits count which of their nodes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from convener.planning.dates.series import FAR, IntArray, Limit, Series
from convener.planning.dates.solver.bonds import Bond, bonds, groups
from convener.planning.dates.solver.paths import NEVER, Graph, Path, cheapest

UNIT = 1000
"""Graphs and prices count in thousandths, so that prices are whole numbers and bounds exact."""
Paths = tuple[Path, ...]
"""A path for each pod of a component."""


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Pods linked by what they share; whatever they decide leaves all others alone."""

    pods: tuple[int, ...]
    """Their places in the question."""
    series: tuple[Series, ...]
    graphs: tuple[Graph, ...]
    """Costs in thousandths."""
    rows: tuple[IntArray, ...]
    """For each pod, (m, width) the limits that count each node; filled up with the number of limits."""
    most: IntArray
    """(limits,) how many nodes each limit allows."""

    @property
    def size(self) -> int:
        """Return the steps that one recursion for each pod counts for."""
        return sum(graph.size for graph in self.graphs)

    @property
    def session_cost(self) -> int:
        """Return what a session costs, on average over the nodes of all paths, in whole units and at least 1."""
        costs = np.concatenate([graph.cost[graph.cost < NEVER] for graph in self.graphs])
        return max(int(costs.sum()) // (UNIT * max(len(costs), 1)), 1)

    @property
    def ceiling(self) -> int:
        """Return what no schedule costs more than, in thousandths."""
        return sum(_dearest(graph) for graph in self.graphs)

    def used(self, paths: Iterable[tuple[int, Path]]) -> IntArray:
        """Return (limits,) how much of each limit *paths*, each with its pod's place here, take."""
        taken = [self.rows[at][list(path)].ravel() for at, path in paths]
        count = np.bincount(np.concatenate([*taken, np.zeros(0, dtype=np.int64)]), minlength=len(self.most) + 1)
        return count[:-1].astype(np.int64)

    def counted(self, at: int, path: Path) -> list[int]:
        """Return the limits that count nodes of a pod's *path*, each as often as it does."""
        rows = self.rows[at][list(path)].ravel()
        return cast("list[int]", rows[rows < len(self.most)].tolist())

    def keeps(self, paths: Paths) -> bool:
        """Tell whether *paths* keep every limit."""
        return bool((self.used(enumerate(paths)) <= self.most).all())

    def cost(self, paths: Paths) -> int:
        """Return what *paths* cost, in whole units."""
        return sum(series.price(path) for series, path in zip(self.series, paths, strict=True))

    def allows(self, at: int, path: Path) -> bool:
        """Tell whether a pod may take *path*, which may be anything, limits aside."""
        layers, nodes = self.graphs[at].cost.shape
        return len(path) == layers and all(0 <= node < nodes for node in path) and self.series[at].price(path) < FAR

    def price(self, at: int, dear: IntArray) -> IntArray:
        """Return (m,) what the nodes of a pod cost more when each limit has the price *dear* (limits,)."""
        prices: IntArray = np.append(dear, 0)[self.rows[at]].sum(axis=1)
        return prices

    def priced(self, at: int, path: Path, dear: IntArray) -> int:
        """Return what *path* costs a pod under prices *dear*, in thousandths."""
        return self.series[at].price(path) * UNIT + int(self.price(at, dear)[list(path)].sum())

    def around(self, at: int, used: IntArray, dear: IntArray | None = None) -> tuple[int, Path] | None:
        """Return the cheapest path of a pod beside what is *used* (limits,), None when none was found.

        Under prices *dear*. Where a pod gets in its own way, its later nodes give way.
        """
        price = np.zeros(len(self.rows[at]), dtype=np.int64) if dear is None else self.price(at, dear)
        price[self._on(at, used >= self.most)] = NEVER
        while (found := cheapest(self.graphs[at], price)) is not None:
            over = self._on(at, self.used([(at, found[1])]) + used > self.most)
            late = [node for node in found[1] if over[node]]
            if not late:
                return found
            price[late[-1]] = NEVER
        return None

    def _on(self, at: int, limits: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return (m,) which nodes of a pod are counted by any of *limits* (limits,)."""
        counted: NDArray[np.bool_] = np.any(np.append(limits, False)[self.rows[at]], axis=1)
        return counted

    def part(self, places: Sequence[int], paths: Paths) -> "Component":
        """Return the component of the pods at some *places*, with the other pods on their *paths*."""
        used = self.used((at, path) for at, path in enumerate(paths) if at not in set(places))
        most = self.most - used
        graphs = [self._barred(at, most <= 0) for at in places]
        return Component(
            tuple(self.pods[at] for at in places),
            tuple(self.series[at] for at in places),
            tuple(graphs),
            tuple(self.rows[at] for at in places),
            most,
        )

    def _barred(self, at: int, full: NDArray[np.bool_]) -> Graph:
        graph, barred = self.graphs[at], self._on(at, full)
        return Graph.thinned(np.where(barred, NEVER, graph.cost), graph.between) if barred.any() else graph


def _dearest(graph: Graph) -> int:
    nodes = np.where(graph.cost < NEVER, graph.cost, 0).max(axis=1, initial=0)
    steps = np.where(graph.between < NEVER, graph.between, 0).max(initial=0)
    return int(nodes.sum()) + int(steps) * max(len(nodes) - 1, 0)


def components(series: Sequence[Series], limits: Iterable[Limit]) -> list[Component]:
    """Return the components of a question, in order of their first pods."""
    known: dict[int, IntArray] = {}
    limits = list(limits)
    closed = _closed(limits)
    graphs = [Graph.of(_without(each, closed), UNIT, known) for each in series]
    shared = bonds(series, graphs, limits)
    found = groups(len(series), shared)
    place = {pod: at for at, pods in enumerate(found) for pod in pods}
    owned: list[list[Bond]] = [[] for _ in found]
    for bond in shared:
        owned[place[min(bond.pods)]].append(bond)
    return [_component(pods, series, graphs, own) for pods, own in zip(found, owned, strict=True)]


def _closed(limits: Iterable[Limit]) -> dict[str, set[int]]:
    """Return the slots that are no use to whoever needs a resource."""
    found: dict[str, set[int]] = defaultdict(set)
    for limit in limits:
        if limit.most <= 0:
            found[limit.resource] |= limit.slots
    return found


def _without(series: Series, closed: dict[str, set[int]]) -> Series:
    slots = sorted(set[int]().union(*(closed.get(resource, ()) for resource in series.uses)))
    return replace(series, cost=np.where(np.isin(series.slots, slots), FAR, series.cost)) if slots else series


def _component(
    pods: Sequence[int], series: Sequence[Series], graphs: Sequence[Graph], own: Sequence[Bond]
) -> Component:
    return Component(
        tuple(pods),
        tuple(series[pod] for pod in pods),
        tuple(graphs[pod] for pod in pods),
        tuple(_rows(pod, series[pod], own) for pod in pods),
        np.array([bond.most for bond in own], dtype=np.int64),
    )


def _rows(pod: int, series: Series, own: Sequence[Bond]) -> IntArray:
    counted: dict[int, list[int]] = defaultdict(list)
    for row, bond in enumerate(own):
        if pod in bond.pods:
            for slot in bond.slots:
                counted[slot].append(row)
    lists = [counted.get(slot, []) for slot in series.slots.tolist()]
    width = max((len(rows) for rows in lists), default=0)
    return np.array([rows + [len(own)] * (width - len(rows)) for rows in lists], dtype=np.int64).reshape(
        len(lists), width
    )
