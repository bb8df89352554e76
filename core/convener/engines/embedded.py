"""`engine = "embedded"`: this process does the work itself."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from convener.operations.delivery import DeliverReport, Delivery, Sent
from convener.operations.housekeeping import housekeep
from convener.operations.sync import SyncReport, sync
from convener.operations.tick import TickReport, tick
from convener.operations.workspace import Workspace


class Embedded:
    """The engine of one process: every call does the work before it comes back."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        owner: str,
        is_heir: bool = False,
        observe: Callable[[Sent], None] | None = None,
    ) -> None:
        """Work in the name of *owner*, perhaps heir of every daemon before it; *observe* hears of what is settled."""
        self.workspace = workspace
        self.halted = threading.Event()
        self._delivery = Delivery(workspace, owner=owner, is_heir=is_heir, halt=self.halted, observe=observe)

    def tick(self, scope: str = "", *, at: datetime | None = None) -> TickReport:
        """Decide every programme within *scope* that is due."""
        return tick(self.workspace, scope, at=at)

    def deliver(
        self, *, at: datetime | None = None, client: str = "", connector: str = "", limit: int | None = None
    ) -> DeliverReport:
        """Send every dispatch that is due, or up to *limit* of them for one *client* through one *connector*."""
        return self._delivery.run(at=at, client=client, connector=connector, limit=limit)

    def sync(self, client: str) -> SyncReport:
        """Read the rosters of *client*."""
        return sync(self.workspace, client)

    def housekeep(self) -> None:
        """Clear up what need not be kept."""
        housekeep(self.workspace)

    def breakers(self) -> Mapping[str, str]:
        """Return how the breaker of each connector stands."""
        return self._delivery.breakers()

    def halt(self) -> None:
        """Let what is on the wire end and begin nothing new."""
        self.halted.set()

    def close(self) -> None:
        """Halt, and let the senders end."""
        self.halt()
        self._delivery.close()
