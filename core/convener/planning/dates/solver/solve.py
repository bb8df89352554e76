"""Dates for all pods at once: a first schedule for everybody, prices for every component, then what is still open."""

from collections.abc import Sequence

from convener.planning.dates.series import Limit, Schedule, Series
from convener.planning.dates.solver.components import components
from convener.planning.dates.solver.paths import NEVER, Path
from convener.planning.dates.solver.prices import bargain
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.dates.solver.repair import continued, in_turn
from convener.planning.dates.solver.settle import left, settle
from convener.planning.dates.solver.windows import open_windows
from convener.planning.effort import Effort
from convener.planning.search import Found

USUAL = 100_000_000
"""Steps that any question is worth."""
SESSION = 100_000
"""Steps that each session adds to that."""
ROUNDS = 400
"""Rounds of prices."""
FEW = 5_000
"""Steps between dates that are few enough to be settled at once."""
MANY = 200_000
"""Steps between dates that are too many to be settled at all."""


def schedule(
    series: Sequence[Series],
    limits: Sequence[Limit],
    effort: Effort,
    start: Sequence[Sequence[int]] | None = None,
) -> Schedule | Found:
    """Return the best schedule found that keeps all *limits*, with the bound proved.

    `Found.NONE` when it is proved that there is none, `Found.UNKNOWN` when none was found in time. *start* gives
    each series the nodes to begin from; those that do not go together are found anew. The same for any order of
    *series*, whose pods are told apart by their names. A step is one node of one layer looked at.
    """
    order = sorted(range(len(series)), key=lambda at: series[at].pod)
    quests = [Quest(each) for each in components([series[at] for at in order], limits)]
    if any(not span.stop for quest in quests for graph in quest.component.graphs for span in graph.spans):
        return Found.NONE
    begun = None if start is None else [tuple(int(node) for node in start[at]) for at in order]
    _search(Account(quests, effort), USUAL + SESSION * sum(each.layers for each in series), begun)
    if any(quest.impossible for quest in quests):
        return Found.NONE
    paths = {
        order[pod]: path for quest in quests for pod, path in zip(quest.component.pods, quest.paths or (), strict=False)
    }
    if len(paths) < len(series):
        return Found.UNKNOWN
    cost, bound = sum(quest.cost or 0 for quest in quests), sum(quest.bound for quest in quests)
    return Schedule(tuple(paths[at] for at in range(len(series))), cost, bound)


def _search(account: Account, usual: int, begun: Sequence[Path] | None) -> None:
    for quest in account.quests:
        if begun is not None:
            quest.offer(continued(quest.component, [begun[pod] for pod in quest.component.pods]))
        quest.offer(in_turn(quest.component))
        account.spend(quest.component.size)
    waiting = sum(quest.component.size for quest in account.quests)
    for quest in account.quests:
        account.allow(account.effort.left(usual) * quest.component.size // max(waiting, 1))
        waiting -= quest.component.size
        if not account.over and not account.impossible:
            bargain(quest, account, ROUNDS)
    open_ones = sorted((quest for quest in account.quests if not quest.settled), key=_gap)
    for at, quest in enumerate(open_ones):
        account.allow(account.effort.left(usual) // (len(open_ones) - at))
        if not account.over and not account.impossible:
            _close(quest, account)


def _gap(quest: Quest) -> int:
    """Sort those first that are nearly closed: what they leave of the effort goes to the others."""
    return NEVER if quest.cost is None else quest.cost - quest.bound


def _close(quest: Quest, account: Account) -> None:
    """Close the gap of *quest*: at once where little is left, else after better schedules have made it less."""
    remaining = left(quest)
    if quest.paths is not None and sum(each.count for each in remaining) > FEW:
        whole = account.limit
        account.allow(account.allowance // 2)
        open_windows(quest, account)
        account.limit = whole
        remaining = left(quest)
    if not quest.settled and not account.over and sum(each.count for each in remaining) <= MANY:
        settle(quest, remaining, account, account.allowance)
