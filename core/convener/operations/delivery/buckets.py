"""Token buckets: how many messages a minute at most (Turner, IEEE Communications Magazine 24(10), 1986). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """Holds a token for each message that may go now."""

    per_minute: int
    """Most messages in any minute; 0 for no limit."""
    tokens: float = 0.0
    filled: datetime | None = None
    """When it was looked at last; None for never: it is full."""

    @property
    def size(self) -> int:
        """How many may go at once: what a second brings, at least one."""
        return max(1, self.per_minute // 60)

    @property
    def _each(self) -> float:
        """Seconds until another token: so many that a full bucket and a minute's tokens keep to the limit."""
        return _MINUTE / (self.per_minute - self.size + 1)

    def at(self, now: datetime) -> "Bucket":
        """Return the bucket as it is at *now*; a clock that was set back neither fills nor empties it."""
        if self.filled is None:
            return replace(self, tokens=float(self.size), filled=now)
        passed = max(0.0, (now - self.filled).total_seconds())
        return replace(self, tokens=min(self.size, self.tokens + passed / self._each), filled=now)

    def room(self, now: datetime) -> int | None:
        """Return how many may go at *now*; None for as many as there are."""
        return int(self.at(now).tokens + 1e-9) if self.per_minute else None

    def take(self, count: int, now: datetime) -> "Bucket":
        """Return the bucket after *count* messages went at *now*."""
        filled = self.at(now) if self.per_minute else self
        return replace(filled, tokens=filled.tokens - count) if self.per_minute else self

    def next(self, now: datetime) -> datetime:
        """Return when the next one may go."""
        lacking = 1 - self.at(now).tokens if self.per_minute else 0.0
        return now + timedelta(seconds=max(0.0, lacking * self._each)) if lacking > 0 else now
