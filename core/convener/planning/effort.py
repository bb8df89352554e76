"""How long a search goes on: a budget of steps, which repeats on every machine, and a watch that may end it sooner.

A step is one change of a plan that was judged. What OR-Tools does is counted in its deterministic time (see `search`).
Nothing here reads a clock: who watches does.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search has come."""

    best: int | None
    """Cost of the best plan so far, None before the first."""
    bound: int
    """The least cost any plan could have, as far as is proved."""
    steps: int
    """Steps taken."""


Watch = Callable[[Progress], bool]
"""Is told how far a search has come, several times a second; returns True to end it with the best so far."""


def patient(progress: Progress) -> bool:
    """Watch without ever ending a search."""
    return False


@dataclass(slots=True, kw_only=True)
class Effort:
    """Seed, budget and watch of one search; counts the steps taken."""

    seed: int = 1
    steps: int | None = None
    """Steps allowed in all; None for as many as the question is usually worth."""
    watch: Watch = patient
    spent: int = 0
    stopped: bool = False
    """Whether the watch has ended the search."""

    def left(self, usual: int) -> int:
        """Return the steps still allowed, where a question of this size is worth *usual* steps in all."""
        if self.stopped:
            return 0
        return max((usual if self.steps is None else self.steps) - self.spent, 0)

    def spend(self, steps: int, *, best: int | None, bound: int) -> bool:
        """Count *steps*, report, and return whether the search must end now."""
        self.spent += steps
        self.stopped = self.watch(Progress(best=best, bound=bound, steps=self.spent)) or self.stopped
        return self.stopped

    def share(self, parts: int, usual: int) -> "Effort":
        """Return one of *parts* equal efforts for problems solved one after the other; add its `spent` afterwards."""
        steps = self.left(usual) // max(parts, 1)
        return Effort(seed=self.seed, steps=steps, watch=self.watch, stopped=self.stopped)
