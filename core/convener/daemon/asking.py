"""Asking something that may hang, for many who want to know: one at a time, and not again within a moment."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from convener.clock import Clock

PATIENCE = 5.0
"""Seconds to wait for somebody else's question to be answered."""

T = TypeVar("T")


class Asked(Generic[T]):
    """The answer to one question, kept for a moment."""

    def __init__(
        self, ask: Callable[[], T], otherwise: T, clock: Clock, *, fresh: float, patience: float = PATIENCE
    ) -> None:
        """Ask at most every *fresh* seconds; answer *otherwise* when an earlier question hangs for *patience*."""
        self._ask, self._otherwise, self._clock = ask, otherwise, clock
        self._fresh, self._patience = fresh, patience
        self._lock = threading.Lock()
        self._known: tuple[float, T] | None = None

    def answer(self) -> T:
        """Return the answer; what asking raises is raised."""
        if not self._lock.acquire(timeout=self._patience):
            return self._otherwise
        try:
            now = self._clock.steady()
            if self._known is None or not 0 <= now - self._known[0] < self._fresh:
                self._known = None
                self._known = now, self._ask()
            return self._known[1]
        finally:
            self._lock.release()
