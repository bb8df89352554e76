"""The question of dates on arrays: what a solver needs to know about each pod, and what it answers.

A pod's series is a path of as many layers as it has sessions, each over the slots it may use. Costs add up over the
nodes taken and the steps between neighbours. Pods meet only in what they share: coaches, and people of several pods.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FAR = 10**9
"""A cost no path has."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One pod's question on arrays. Costs are at least 0 and at most `FAR`."""

    pod: str
    slots: IntArray
    """(m,) for each usable node, by time, its slot of the programme; -1 for a session that keeps another date."""
    cost: IntArray
    """(layers, m) cost of taking a node as each session; `FAR` where it may not."""
    between: IntArray
    """(m, m) cost of the second node right after the first; `FAR` where it may not. Shared by pods where equal."""
    uses: tuple[str, ...] = ()
    """What a session occupies: its coach, and people who sit in other pods too."""

    @property
    def layers(self) -> int:
        """Return the number of sessions."""
        return int(self.cost.shape[0])

    def price(self, path: Sequence[int]) -> int:
        """Return what the series costs that takes node *path*[n] as session number n; `FAR` or more if it may not."""
        nodes = np.asarray(path, dtype=np.int64)
        steps = int(self.between[nodes[:-1], nodes[1:]].sum())
        return int(self.cost[np.arange(len(nodes)), nodes].sum()) + steps


@dataclass(frozen=True, slots=True)
class Limit:
    """Slots of which those who use a resource can take at most so many."""

    resource: str
    slots: frozenset[int]
    most: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A path for each series that keeps every limit."""

    paths: tuple[tuple[int, ...], ...]
    """For each series, for each layer, index of its node."""
    cost: int
    bound: int
    """The least any schedule could cost, as far as is proved."""
