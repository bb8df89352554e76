"""Prices on what pods share."""

from types import SimpleNamespace

import pytest

from convener.planning.dates.solver.components import components
from convener.planning.dates.solver.prices import bargain
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.effort import Effort


@pytest.mark.parametrize("seed", range(12))
def test_prices_prove_a_bound_and_find_schedules(small: SimpleNamespace, seed: int) -> None:
    """R10: the bound is never above the best cost, nor a schedule below it; a settled quest has it."""
    asked = small.asked(seed, pods=3, layers=2, slots=6, a_day=1)
    best = small.least(asked)
    quests = [Quest(each) for each in components(asked.series, asked.limits)]
    account = Account(quests, Effort())

    for quest in quests:
        account.allow(10**9)
        bargain(quest, account, 200)

    if best is None:
        assert not any(quest.cost is not None and quest.component.pods == (0, 1, 2) for quest in quests)
        return
    assert sum(quest.bound for quest in quests) <= best
    costs = [quest.cost for quest in quests if quest.cost is not None]
    assert len(costs) < len(quests) or sum(costs) >= best
    assert not all(quest.settled for quest in quests) or sum(costs) == best


def test_prices_stop_when_the_allowance_is_spent(small: SimpleNamespace) -> None:
    """R10: work ends at the first report after its steps are used up."""
    asked = small.asked(2, pods=3, layers=2, slots=6, a_day=1)
    quests = [Quest(each) for each in components(asked.series, asked.limits)]
    account = Account(quests, Effort())

    account.allow(1)
    bargain(quests[0], account, 200)

    assert account.over
    assert account.effort.spent == quests[0].component.size
