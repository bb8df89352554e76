"""Whether the wall clock was set while nobody looked (fault 12)."""

from convener.clock import Clock

WORTH_TELLING = 5.0
"""Seconds from which on it is no longer the usual correction."""


class Jumps:
    """Compares the wall clock with the time that really passed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._steady = clock.now(), clock.steady()

    def look(self) -> float:
        """Return by how many seconds the clock was set since the last look, back if negative; 0 for next to nothing."""
        wall, steady = self._clock.now(), self._clock.steady()
        jumped = (wall - self._wall).total_seconds() - (steady - self._steady)
        self._wall, self._steady = wall, steady
        return jumped if abs(jumped) > WORTH_TELLING else 0.0
