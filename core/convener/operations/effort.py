"""How long planning looks for a better plan: what a person asks for, and the watch that keeps to it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from convener.planning.effort import Effort, Progress

ENDLESS = 10**15
"""Steps that no search takes in the seconds anybody waits."""

Tell = Callable[[Progress, float], bool]
"""Is told how far a search has come and the seconds it has taken; returns True to end it with the best so far."""
Stopwatch = Callable[[], float]
"""Gives seconds that only ever grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long a search may go on: as long as usual, for so many steps, or for so many seconds."""

    seed: int = 1
    steps: int | None = None
    """Steps at most; None for as many as a question of its size is usually worth."""
    seconds: float | None = None
    """Seconds at most, and with them as many steps as they allow; None not to look at the clock."""


def silent(progress: Progress, seconds: float) -> bool:
    """Tell nobody, and let the search go on."""
    return False


def effort_of(budget: Budget, tell: Tell = silent, stopwatch: Stopwatch = time.monotonic) -> Effort:
    """Return the effort that *budget* allows from now on, telling *tell* several times a second how it goes.

    Without seconds it repeats on any machine; with seconds it ends when they have passed, whatever was found.
    """
    begun, seconds = stopwatch(), budget.seconds
    steps = ENDLESS if budget.steps is None and seconds is not None else budget.steps

    def watch(progress: Progress) -> bool:
        taken = stopwatch() - begun
        return tell(progress, taken) or (seconds is not None and taken >= seconds)

    return Effort(seed=budget.seed, steps=steps, watch=watch)
