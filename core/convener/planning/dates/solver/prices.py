"""Prices on what pods share: a lower bound that knows of clashes, and schedules found on the way.

Lagrangian relaxation (Held, Karp, Mathematical Programming 1, 1971): what goes over a limit is allowed at a price,
prices rise where pods collide, and each pod's own cheapest path under the prices bounds the whole from below. Steps
are Polyak's (USSR Computational Mathematics 9/3, 1969) along a smoothed direction (Camerini, Fratta, Maffioli,
Mathematical Programming Study 3, 1975). In whole numbers, so that the bound is exact and the same everywhere.
"""

import numpy as np

from convener.planning.dates.series import IntArray
from convener.planning.dates.solver.components import UNIT, Component, Paths
from convener.planning.dates.solver.paths import cheapest
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.repair import repaired

BOLD = 1024
"""Size of the first steps; steps of 0 are the end."""
PATIENCE = 8
"""Rounds without a better bound before steps are halved."""
REPAIR = 10
"""Rounds from one attempt at a schedule to the next."""
MEMORY = 3
"""Tenths of the direction that come from the rounds before."""
HOPE = 20
"""Where no schedule is known, steps aim at a bound better by one in so many."""


def bargain(quest: Quest, account: Account, rounds: int) -> None:
    """Adjust prices for at most *rounds* rounds, or until the quest is settled or the allowance is spent.

    Attempts at a schedule that fail are made half as often each time.
    """
    dear, bold, idle, due, pause = quest.dear.copy(), BOLD, 0, 0, REPAIR
    way = np.zeros(len(dear), dtype=np.int64)
    for number in range(rounds):
        paths, worth = _answer(quest.component, dear)
        idle = 0 if quest.trust(dear, worth) else idle + 1
        bold = bold // 2 if idle and idle % PATIENCE == 0 else bold
        over = quest.component.used(enumerate(paths)) - quest.component.most
        quest.offer(paths)
        if not quest.settled and number == due:
            found = repaired(quest.component, paths, dear)
            quest.offer(found)
            pause = 2 * pause if found is None else REPAIR
            due += pause
        if account.spend(quest.component.size) or quest.settled or not bold:
            return
        way = (MEMORY * way + (10 - MEMORY) * UNIT * over) // 10
        way[(dear == 0) & (way < 0)] = 0
        dear = _moved(dear, way, bold * max(_aim(quest) - worth, UNIT))


def _answer(component: Component, dear: IntArray) -> tuple[Paths, int]:
    """Return every pod's cheapest path under the prices *dear*, and what this proves, in thousandths."""
    found = [cheapest(graph, component.price(at, dear)) for at, graph in enumerate(component.graphs)]
    ways = [each for each in found if each is not None]
    return tuple(path for _, path in ways), sum(cost for cost, _ in ways) - int(dear @ component.most)


def _aim(quest: Quest) -> int:
    if quest.cost is not None:
        return quest.cost * UNIT
    return quest.worth + max(quest.worth // HOPE, UNIT)


def _moved(dear: IntArray, way: IntArray, push: int) -> IntArray:
    """Return prices moved along *way*, which is in thousandths, by *push* of which `BOLD` are one."""
    length = int(way @ way)
    if not length:
        return dear
    moved = [
        max(each + push * go * UNIT // (BOLD * length), 0) for each, go in zip(dear.tolist(), way.tolist(), strict=True)
    ]
    return np.array(moved, dtype=np.int64)
