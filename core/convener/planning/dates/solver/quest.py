"""One component on the way to its best schedule: what is known of it so far, and the account of all components."""

from dataclasses import dataclass, field

import numpy as np

from convener.planning.dates.series import IntArray
from convener.planning.dates.solver.components import UNIT, Component, Paths
from convener.planning.effort import Effort, Progress


@dataclass(slots=True, eq=False)
class Quest:
    """The best schedule of a component found, and the least that any could cost as far as is proved."""

    component: Component
    paths: Paths | None = None
    cost: int | None = None
    """What `paths` cost."""
    bound: int = 0
    impossible: bool = False
    """Whether it is proved that there is none."""
    dear: IntArray = field(init=False)
    """(limits,) the prices, in thousandths, that proved most."""
    worth: int = -1
    """What those prices prove, in thousandths."""
    ceiling: int = field(init=False)
    """What no schedule costs more than, in thousandths."""

    def __post_init__(self) -> None:
        self.ceiling = self.component.ceiling
        self.dear = np.zeros(len(self.component.most), dtype=np.int64)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find or to prove."""
        return self.impossible or (self.cost is not None and self.cost <= self.bound)

    @property
    def slack(self) -> int | None:
        """How much dearer than the bound a path may be, in thousandths, to be part of a better schedule."""
        return None if self.cost is None else (self.cost - 1) * UNIT - self.worth

    def offer(self, paths: Paths | None) -> None:
        """Remember *paths* if they keep every limit and cost less."""
        if paths is None or not self.component.keeps(paths):
            return
        cost = self.component.cost(paths)
        if self.cost is None or cost < self.cost:
            self.paths, self.cost = paths, cost

    def prove(self, bound: int) -> None:
        """Remember that no schedule costs less than *bound*; one that is found costs no less, whoever says so."""
        self.bound = max(self.bound, bound if self.cost is None else min(bound, self.cost))

    def trust(self, dear: IntArray, worth: int) -> bool:
        """Remember prices and what they prove if it is more than before; return whether it is."""
        if worth <= self.worth:
            return False
        self.dear, self.worth = dear, worth
        self.impossible = worth > self.ceiling
        self.prove(-(-worth // UNIT))
        return True


@dataclass(slots=True, eq=False)
class Account:
    """All quests of a question and the effort they share: reports are sums over all of them."""

    quests: list[Quest]
    effort: Effort
    limit: int = 0
    """Steps in all after which the present piece of work is over."""

    def allow(self, steps: int) -> None:
        """Let the next piece of work take *steps*."""
        self.limit = self.effort.spent + steps

    @property
    def allowance(self) -> int:
        """Return the steps left to the present piece of work."""
        return max(self.limit - self.effort.spent, 0)

    @property
    def over(self) -> bool:
        """Whether the present piece of work has to end."""
        return self.effort.stopped or not self.allowance

    @property
    def impossible(self) -> bool:
        """Whether any quest is proved to be in vain, and so all of them."""
        return any(quest.impossible for quest in self.quests)

    def spend(self, steps: int) -> bool:
        """Count *steps*, report, and return whether the present piece of work has to end."""
        best, bound = self._sums()
        self.effort.spend(steps, best=best, bound=bound)
        return self.over

    def watched(self) -> Effort:
        """Return an effort for OR-Tools which reports what is known of all quests; settle it with `counted`."""

        def watch(progress: Progress) -> bool:
            best, bound = self._sums()
            return self.effort.watch(Progress(best=best, bound=bound, steps=self.effort.spent))

        return Effort(seed=self.effort.seed, watch=watch, stopped=self.effort.stopped)

    def counted(self, effort: Effort) -> None:
        """Add what *effort* has spent."""
        self.effort.spent += effort.spent
        self.effort.stopped = self.effort.stopped or effort.stopped

    def _sums(self) -> tuple[int | None, int]:
        costs = [quest.cost for quest in self.quests if quest.cost is not None]
        bound = sum(quest.bound for quest in self.quests)
        return (sum(costs) if len(costs) == len(self.quests) else None), bound
