"""What pods share: the limits that can bind, and the groups of pods which they link."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from convener.planning.dates.series import Limit, Series
from convener.planning.dates.solver.paths import NEVER, Graph


@dataclass(frozen=True, slots=True)
class Bond:
    """Slots of which some pods, by their place in the question, can take at most so many together."""

    pods: frozenset[int]
    slots: frozenset[int]
    most: int

    def covers(self, other: "Bond") -> bool:
        """Tell whether whoever keeps this keeps *other*."""
        return self.most <= other.most and self.pods >= other.pods and self.slots >= other.slots


def bonds(series: Sequence[Series], graphs: Sequence[Graph], limits: Iterable[Limit]) -> list[Bond]:
    """Return the limits that could be broken by paths of *graphs*, without those that others cover, in fixed order."""
    users: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(series):
        for resource in each.uses:
            users[resource].append(at)
    reach = [_reach(each, graph) for each, graph in zip(series, graphs, strict=True)]
    found = {bond for limit in limits if (bond := _bond(limit, users[limit.resource], reach, series)) is not None}
    return list(_uncovered(sorted(found, key=_order)))


def _reach(series: Series, graph: Graph) -> frozenset[int]:
    alive = series.slots[(graph.cost < NEVER).any(axis=0)]
    return frozenset(np.unique(alive[alive >= 0]).tolist())


def _bond(limit: Limit, users: Sequence[int], reach: Sequence[frozenset[int]], series: Sequence[Series]) -> Bond | None:
    shared = {at: slots for at in users if (slots := limit.slots & reach[at])}
    could = sum(min(len(slots), series[at].layers) for at, slots in shared.items())
    if could <= limit.most:
        return None
    return Bond(frozenset(shared), frozenset().union(*shared.values()), max(limit.most, 0))


def _order(bond: Bond) -> tuple[int, int, list[int], list[int], int]:
    """Sort the widest first: they cover others."""
    return (-len(bond.pods), -len(bond.slots), sorted(bond.slots), sorted(bond.pods), bond.most)


def _uncovered(found: Sequence[Bond]) -> Iterator[Bond]:
    on_slot: dict[int, list[Bond]] = defaultdict(list)
    for bond in found:
        if not any(other.covers(bond) for other in on_slot[min(bond.slots)]):
            yield bond
            for slot in bond.slots:
                on_slot[slot].append(bond)


def groups(pods: int, shared: Iterable[Bond]) -> list[list[int]]:
    """Return the groups of *pods* pods that *shared* bonds link, each rising, in order of their first pods."""
    leader = list(range(pods))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for bond in shared:
        one = lead(min(bond.pods))
        for at in bond.pods:
            other = lead(at)
            leader[max(one, other)] = one = min(one, other)
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(pods):
        found[lead(at)].append(at)
    return list(found.values())
