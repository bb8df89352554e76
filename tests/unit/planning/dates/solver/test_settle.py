"""The gap closed exactly."""

from types import SimpleNamespace

import pytest

from convener.planning.dates.solver.components import components
from convener.planning.dates.solver.prices import bargain
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.settle import left, settle
from convener.planning.effort import Effort


@pytest.mark.parametrize("rounds", [0, 3])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_holds_the_best_schedule(small: SimpleNamespace, seed: int, rounds: int) -> None:
    """R10: with or without prices, with or without a schedule, the best one is found or it is proved there is none."""
    asked = small.asked(seed, pods=3, layers=2, slots=6, a_day=1)
    best = small.least(asked)
    quests = [Quest(each) for each in components(asked.series, asked.limits)]
    account = Account(quests, Effort())

    for quest in quests:
        account.allow(10**9)
        bargain(quest, account, rounds)
        if not quest.settled:
            settle(quest, left(quest), account, 10**9)

    assert all(quest.settled for quest in quests)
    if best is None:
        assert account.impossible
    else:
        assert best == sum(quest.cost or 0 for quest in quests) == sum(quest.bound for quest in quests)


def test_a_step_that_costs_too_much_is_not_left(small: SimpleNamespace) -> None:
    """R10: the less a better schedule may cost, the less there is to look at."""
    asked = small.asked(11, pods=3, layers=3, slots=14)
    (quest,) = [Quest(each) for each in components(asked.series, asked.limits)]
    account = Account([quest], Effort())

    before = sum(each.count for each in left(quest))
    account.allow(10**9)
    bargain(quest, account, 3)
    after = sum(each.count for each in left(quest))

    assert after < before


def test_closing_a_gap_can_be_stopped(small: SimpleNamespace) -> None:
    """R10: a watch that ends the search leaves what is known."""
    asked = small.asked(11, pods=12, layers=4, slots=40, people=6)
    quests = [Quest(each) for each in components(asked.series, asked.limits)]
    account = Account(quests, Effort(watch=lambda progress: True, stopped=True))

    settle(quests[0], left(quests[0]), account, 10**12)

    assert account.effort.stopped
    assert not quests[0].impossible
