"""A watch that ends a search after so many seconds and writes down how it went."""

from dataclasses import dataclass, field
from time import perf_counter

from convener.planning.effort import Progress

Moment = tuple[float, int, int]
"""Seconds since the start, cost of the best plan then, and the bound."""


@dataclass(slots=True)
class Deadline:
    """Ends a search *seconds* after it was made."""

    seconds: float
    began: float = field(default_factory=perf_counter)
    moments: list[Moment] = field(default_factory=list)

    def __call__(self, progress: Progress) -> bool:
        """Take note of a report; return whether time is up."""
        now = self.elapsed
        if progress.best is not None:
            self.moments.append((now, progress.best, progress.bound))
        return now >= self.seconds

    @property
    def elapsed(self) -> float:
        """Seconds since it was made."""
        return perf_counter() - self.began

    def first(self, gap: int) -> float | None:
        """Return after how many seconds best and bound were first *gap* or less apart."""
        return next((at for at, best, bound in self.moments if best - bound <= gap), None)

    def reached(self, cost: int) -> float | None:
        """Return after how many seconds a plan of that cost or less was first had."""
        return next((at for at, best, _ in self.moments if best <= cost), None)
