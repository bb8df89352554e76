"""The only place that reads the wall clock or waits.

Everything else takes a `Clock`, so that a rehearsed year and a lived one run through the same code.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def steady(self) -> float:
        """Return the seconds since some moment: for durations only, since nobody sets it forward or back."""
        ...

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Wait until *wake* is set or *seconds* have passed; tell whether it was set."""
        ...


class SystemClock:
    """The wall clock of this machine."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return the seconds this machine has run."""
        return time.monotonic()

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Wait for *wake*; an event and not a sleep, so that a signal ends the wait."""
        return wake.wait(seconds)


@dataclass
class VirtualClock:
    """A clock that stands still until it is moved."""

    instant: datetime
    """The present of this clock, aware."""
    waited: list[float] = field(default_factory=list)
    """Every wait asked for, in seconds."""

    def now(self) -> datetime:
        """Return the instant this clock was moved to."""
        return self.instant

    def steady(self) -> float:
        """Return the seconds that passed on this clock."""
        return self.instant.timestamp()

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Move on by *seconds* without waiting."""
        self.waited.append(seconds)
        self.instant += timedelta(seconds=seconds)
        return wake.is_set()

    def move_to(self, instant: datetime) -> None:
        """Set the clock to *instant*, never backwards."""
        self.instant = max(self.instant, instant)
