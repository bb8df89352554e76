"""The port behind which the work of a daemon is done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from convener.operations.delivery import DeliverReport
from convener.operations.sync import SyncReport
from convener.operations.tick import TickReport


class Engine(Protocol):
    """Does what is due, here or elsewhere; each call comes back when that is done, and says what was done here.

    Whoever does it, unique keys and leases of the ledger decide what goes out, and the engine only who works on it.
    """

    def tick(self, *, at: datetime | None = None) -> TickReport:
        """Decide every programme that is due at *at*, now without; `next_due` counts all there are."""
        ...

    def deliver(self, *, at: datetime | None = None) -> DeliverReport:
        """Send every dispatch that is due at *at*, now without."""
        ...

    def sync(self, client: str) -> SyncReport:
        """Read the rosters of *client*; raise ConvenerError when that cannot be done."""
        ...

    def housekeep(self) -> None:
        """Clear up what need not be kept."""
        ...

    def breakers(self) -> Mapping[str, str]:
        """Return how the breaker of each connector stands in this process: closed, open or half-open."""
        ...

    def halt(self) -> None:
        """Let what is on the wire end and begin nothing new; from any thread, and for good."""
        ...

    def close(self) -> None:
        """Halt, and let go of everything but the workspace."""
        ...
