"""What is known of a component, and the account of all."""

from types import SimpleNamespace

from convener.planning.dates.solver.components import UNIT, components
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.repair import in_turn
from convener.planning.effort import Effort, Progress


def test_a_quest_remembers_the_best_only(small: SimpleNamespace) -> None:
    """R10: what clashes or costs more is not taken; a bound never passes the cost nor falls."""
    asked = small.asked(4, pods=3, layers=2, slots=8)
    (part,) = components(asked.series, asked.limits)
    quest, good = Quest(part), in_turn(part)

    quest.offer(good)
    cost = quest.cost
    quest.offer(None)
    quest.offer(((0, 1),) * 3)
    quest.prove(10**6)
    quest.prove(1)

    assert (good, cost) == (quest.paths, quest.bound)
    assert quest.settled


def test_more_than_any_schedule_costs_proves_that_there_is_none(small: SimpleNamespace) -> None:
    """R26: prices that prove a bound above every cost prove that nothing keeps the limits."""
    asked = small.asked(4, pods=3, layers=2, slots=8)
    (part,) = components(asked.series, asked.limits)
    quest = Quest(part)

    assert quest.trust(quest.dear, 5 * UNIT)
    assert not quest.impossible
    assert quest.trust(quest.dear, part.ceiling + 1)
    assert quest.impossible


def test_the_account_reports_sums(small: SimpleNamespace) -> None:
    """R10: there is a best cost once every component has one, and OR-Tools' reports speak of all too."""
    asked = small.asked(4, pods=4, layers=2, slots=8)
    quests = [Quest(each) for each in components(asked.series, asked.limits)]
    told: list[Progress] = []
    account = Account(quests, Effort(watch=lambda progress: told.append(progress) or len(told) > 2))
    account.allow(100)

    assert not account.spend(10)
    for quest in quests:
        quest.offer(in_turn(quest.component))
    inner = account.watched()
    assert not inner.spend(5, best=None, bound=0)
    assert account.spend(100)
    account.counted(inner)

    assert [progress.best for progress in told] == [None, *[sum(quest.cost or 0 for quest in quests)] * 2]
    assert account.effort.stopped
    assert account.effort.spent == 115
