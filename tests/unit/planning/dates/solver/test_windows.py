"""Few pods planned anew around all others."""

from types import SimpleNamespace

import numpy as np

from convener.planning.dates.solver.components import components
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.repair import Board
from convener.planning.dates.solver.windows import open_windows
from convener.planning.effort import Effort


def test_windows_better_a_schedule_and_never_break_it(small: SimpleNamespace) -> None:
    """R10: from a careless schedule, windows find one that costs less and keeps every limit, the same each time."""
    asked = small.asked(7, pods=8, layers=3, slots=14, people=6)
    quest, other = (_careless(asked) for _ in range(2))
    before = quest.cost

    for each in (quest, other):
        account = Account([each], Effort(seed=2))
        account.allow(60_000)
        open_windows(each, account)

    assert quest.cost is not None
    assert before is not None
    assert quest.cost < before
    assert quest.component.keeps(quest.paths or ())
    assert quest.paths == other.paths


def _careless(asked: SimpleNamespace) -> Quest:
    """Return a quest whose pods took what was free under prices that mean nothing."""
    (part,) = components(asked.series, asked.limits)
    board = Board(part, np.arange(len(part.most)) % 7 * 3000)
    for at in range(len(part.pods)):
        way = part.around(at, board.used, board.dear)
        assert way is not None
        board.take(at, way[1])
    quest = Quest(part)
    quest.offer(tuple(board.paths[at] for at in range(len(part.pods))))
    return quest
