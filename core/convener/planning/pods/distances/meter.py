"""The budget of one search: counts steps, reports them now and then, and says when to end."""

import math
from dataclasses import dataclass

from convener.planning.effort import Effort
from convener.planning.kernel import COMPILED

PIECE = 1 << 25 if COMPILED else 1 << 20
"""Steps between two reports, some 50 ms; no answer depends on it."""


@dataclass(slots=True)
class Meter:
    """Steps of one search, in the coin of its effort."""

    effort: Effort
    steps: int
    """Steps allowed."""
    shift: int
    """Power of two that distances were multiplied by."""
    ceiling: int
    """No division has a greater sum; multiplied, as all sums here."""
    pending: int = 0
    """Steps taken since the last report."""
    best: int | None = None
    """Greatest sum so far."""

    @property
    def left(self) -> int:
        """Steps still allowed."""
        return 0 if self.effort.stopped else max(self.steps - self.pending, 0)

    def took(self, steps: int, best: int) -> bool:
        """Count *steps* that led to *best*, and return whether to end."""
        self.pending += steps
        self.best = best if self.best is None else max(best, self.best)
        if self.pending >= PIECE:
            self.report()
        return self.left == 0

    def report(self) -> None:
        """Report the steps not reported yet. A sum of distances is a gain: its negative is the cost."""
        best = None if self.best is None else -round(math.ldexp(self.best, -self.shift))
        bound = -math.floor(math.ldexp(self.ceiling, -self.shift))
        self.effort.spend(self.pending, best=best, bound=bound)
        self.steps, self.pending = self.steps - self.pending, 0
