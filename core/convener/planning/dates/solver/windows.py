"""Better schedules of large components: a few pods at a time planned anew, exactly, around all others.

Large neighbourhood search (Shaw, CP 1998): a window is a pod and those who hold what it would like most.
"""

from collections.abc import Sequence

import numpy as np

from convener.planning.dates.solver.components import Component, Paths
from convener.planning.dates.solver.prices import bargain
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.settle import left, settle
from convener.planning.kernel import chance, ints

WIDTH = 4
"""Pods in a window at first; one more each time all windows have been tried in vain."""
WIDEST = 7
ROUNDS = 60
"""Rounds of prices in a window."""
STEPS = 10_000_000
"""Steps to close a window's gap."""


def open_windows(quest: Quest, account: Account) -> None:
    """Plan windows of a quest that has a schedule anew until nothing is gained or the allowance is spent."""
    pods = len(quest.component.pods)
    state, width, idle = ints([account.effort.seed % 1_000_000 + 1]), min(WIDTH, pods), 0
    while not quest.settled and not account.over and width <= min(WIDEST, pods):
        gained = _window(quest, account, _chosen(quest, chance(state, pods), width))
        idle = 0 if gained else idle + 1
        if idle > pods:
            idle, width = 0, width + 1


def _chosen(quest: Quest, first: int, width: int) -> list[int]:
    """Return the place of a pod and of those who hold the most of what it could use, dear things counting more."""
    component = quest.component
    wanted = np.zeros(len(component.most) + 1, dtype=np.int64)
    rows = np.unique(component.rows[first])
    wanted[rows] = 1 + np.append(quest.dear, 0)[rows]
    held = [int(wanted[component.counted(at, path)].sum()) for at, path in enumerate(quest.paths or ())]
    near = sorted((at for at in range(len(held)) if at != first), key=lambda at: (-held[at], at))
    return sorted([first, *near[: width - 1]])


def _window(quest: Quest, account: Account, places: Sequence[int]) -> bool:
    """Plan the pods at *places* anew; return whether that gained anything."""
    paths: Paths = quest.paths or ()
    part: Component = quest.component.part(places, paths)
    inner = Quest(part)
    inner.offer(tuple(paths[at] for at in places))
    before = inner.cost
    bargain(inner, account, ROUNDS)
    if not inner.settled and not account.over:
        settle(inner, left(inner), account, min(STEPS, account.allowance))
    if inner.paths is None or inner.cost == before:
        return False
    changed = dict(zip(places, inner.paths, strict=True))
    quest.offer(tuple(changed.get(at, path) for at, path in enumerate(paths)))
    return True
