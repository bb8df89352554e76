"""Schedules made by pods in turn: each takes its best path around what others have taken, then looks again.

A pod that finds no way around takes what it needs at a toll, and whoever sat there looks for another path; tolls rise
where this happens again, as in routing by negotiated congestion (McMurchie, Ebeling, PathFinder, FPGA 1995).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from convener.planning.dates.series import IntArray
from convener.planning.dates.solver.components import UNIT, Component, Paths
from convener.planning.dates.solver.paths import NEVER, Path

PATIENCE = 6
"""Times a pod may look for a path, on average, before a schedule is given up."""


def in_turn(component: Component) -> Paths | None:
    """Return paths taken by one pod after the other, then improved; None when that fails."""
    return Board(component, np.zeros_like(component.most)).fill(range(len(component.pods)))


def continued(component: Component, paths: Sequence[Path]) -> Paths | None:
    """Return a schedule that begins from *paths*: of those that clash or may not be, the later in order give way."""
    board = Board(component, np.zeros_like(component.most))
    waiting: list[int] = []
    for at, path in enumerate(paths):
        fits = component.allows(at, path) and bool((component.used([(at, path)]) + board.used <= component.most).all())
        if fits:
            board.take(at, path)
        else:
            waiting.append(at)
    return board.fill(waiting)


def repaired(component: Component, paths: Paths, dear: IntArray) -> Paths | None:
    """Return *paths* with those who clash led around the others, first who loses most by it; None if that fails."""
    board = Board(component, dear)
    for at, path in enumerate(paths):
        board.take(at, path)
    clashing = board.clashing()
    regret = {at: board.regret(at) for at in clashing}
    for at in clashing:
        board.leave(at)
    return board.fill(sorted(clashing, key=lambda at: (-regret[at], at)))


@dataclass(slots=True, eq=False)
class Board:
    """Which paths are taken, who holds how much of each limit, and the toll on each limit."""

    component: Component
    dear: IntArray
    paths: dict[int, Path] = field(default_factory=dict[int, Path])
    used: IntArray = field(init=False)
    toll: IntArray = field(init=False)
    holders: list[list[int]] = field(init=False)
    """For each limit the pods that use it, in the order they came."""
    rise: int = field(init=False)
    """What tolls rise by: the cost of a session, on average."""

    def __post_init__(self) -> None:
        self.rise = self.component.session_cost * UNIT
        self.used = np.zeros_like(self.component.most)
        self.toll = np.zeros_like(self.component.most)
        self.holders = [[] for _ in range(len(self.used) + 1)]

    def take(self, at: int, path: Path) -> None:
        """Put a pod on *path*."""
        self.paths[at] = path
        self.used += self.component.used([(at, path)])
        for row in self.component.counted(at, path):
            self.holders[row].append(at)

    def leave(self, at: int) -> Path:
        """Take a pod off its path."""
        path = self.paths.pop(at)
        self.used -= self.component.used([(at, path)])
        for row in self.component.counted(at, path):
            self.holders[row].remove(at)
        return path

    def clashing(self) -> list[int]:
        """Return the pods that take part in what goes over a limit."""
        over = np.flatnonzero(self.used > self.component.most)
        return sorted({at for row in over.tolist() for at in self.holders[row]})

    def regret(self, at: int) -> int:
        """Return what a pod loses by going around all others."""
        path = self.leave(at)
        way = self.component.around(at, self.used, self.dear)
        self.take(at, path)
        return NEVER if way is None else way[0] - self.component.priced(at, path, self.dear)

    def fill(self, order: Sequence[int]) -> Paths | None:
        """Give the pods of *order*, who have none, their paths, and improve; None when that fails."""
        waiting = list(order)
        for _ in range(PATIENCE * len(self.component.pods)):
            if not waiting:
                return improved(self.component, self.paths)
            at = waiting.pop(0)
            way = self.component.around(at, self.used, self.dear)
            if way is not None:
                self.take(at, way[1])
            else:
                forced = self._force(at)
                if forced is None:
                    return None
                waiting += forced
        return None

    def _force(self, at: int) -> list[int] | None:
        """Give a pod a path at a toll and return who sat there and has to wait; None when there is no path at all."""
        full = self.used >= self.component.most
        way = self.component.around(at, np.zeros_like(self.used), self.dear + np.where(full, self.toll, 0))
        if way is None:
            return None
        self.take(at, way[1])
        self.toll[self.used > self.component.most] += self.rise
        gone: list[int] = []
        for row in self.component.counted(at, way[1]):
            while self.used[row] > self.component.most[row]:
                gone.append(next(other for other in self.holders[row] if other != at))
                self.leave(gone[-1])
        return gone


def improved(component: Component, found: Mapping[int, Path]) -> Paths:
    """Let each pod look again for something better around the others until nobody finds anything."""
    paths = [found[at] for at in range(len(component.series))]
    used = component.used(enumerate(paths))
    waiting = list(range(len(paths)))
    while waiting:
        at = waiting.pop(0)
        mine = component.used([(at, paths[at])])
        way = component.around(at, used - mine)
        if way is not None and component.series[at].price(way[1]) < component.series[at].price(paths[at]):
            paths[at] = way[1]
            used += component.used([(at, way[1])]) - mine
            waiting = [*waiting, *(other for other in range(len(paths)) if other != at and other not in waiting)]
    return tuple(paths)
