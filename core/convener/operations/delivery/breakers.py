"""Circuit breakers: a connector whose other side fails again and again is left alone for a while (Nygard, Release It!).

Closed, everything goes. After some failures in a row it opens, and nothing goes until a wait is over; then one message
goes to try, and what becomes of it closes the breaker or opens it for longer. Pure: the moment is an argument.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from convener.errors import Delay
from convener.operations.delivery.ladders import ENDLESS, LADDERS, rung

TRIPS: Mapping[Delay, int] = MappingProxyType({Delay.MISCONFIGURED: 1, Delay.UNREACHABLE: 3, Delay.BUSY: 5})
"""After how many failures of a kind in a row it opens; what is not named says that the other side is there."""
LONGEST = max(wait for delay in ENDLESS for wait in LADDERS[delay])
"""The longest it stays open: as long as the ladders that never end."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a connector has fared lately."""

    failures: int = 0
    """In a row."""
    opened: int = 0
    """How often in a row it has opened."""
    until: datetime | None = None
    """Until when it is open."""

    def state(self, now: datetime) -> str:
        """Return `closed`, `open` or `half-open`."""
        if self.until is None:
            return "closed"
        return "open" if now < self.until <= now + LONGEST else "half-open"  # further ahead: the clock was set back

    def failed(self, delay: Delay, now: datetime) -> "Breaker":
        """Return the breaker after a message failed at *now*; one that was open already, stays as it is."""
        if self.state(now) == "open":
            return self
        if delay not in TRIPS:
            return Breaker()
        failures = self.failures + 1
        if self.until is None and failures < TRIPS[delay]:
            return replace(self, failures=failures)
        wait = rung(delay if delay in ENDLESS else Delay.UNREACHABLE, self.opened + 1) or timedelta(0)
        return Breaker(failures=failures, opened=self.opened + 1, until=now + wait)

    def turn(self, now: datetime) -> int:
        """Return which wait in a row it is for a message that meets this breaker at *now*, counted from 1."""
        return max(1, self.opened + (self.state(now) != "open"))
