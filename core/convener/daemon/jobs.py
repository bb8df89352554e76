"""The jobs of the daemon: rules, sync, tick, deliver and housekeeping, as they are done and told in the log."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from convener.daemon.record import Record
from convener.engines import Engine
from convener.operations.health import Trouble, troubles_of
from convener.operations.last_good import LastGood
from convener.operations.rules import Reloaded
from convener.operations.workspace import Workspace

log = structlog.get_logger("convener.daemon")


@dataclass(slots=True, kw_only=True)
class Jobs:
    """Each does its work once and returns the seconds after which it wants to be done again, None for its rhythm."""

    workspace: Workspace
    engine: Engine
    record: Record
    hurry: Callable[[str], None]
    """Has another job come at once."""
    is_over: Callable[[], bool]
    """Tells whether the daemon ends, so that a long job begins nothing new."""
    reloaded: Reloaded = field(default_factory=Reloaded)
    """What became of the rules when they were last looked at."""
    _told: frozenset[Trouble] = frozenset()
    """What has been logged of it already."""

    def rules(self) -> float | None:
        """Take what changed in the rule files and tell, once, what cannot be taken."""
        self.reloaded = self.workspace.rules.reload(LastGood(self.workspace.folder))
        if self.reloaded.changed:
            log.info("rules.reloaded", clients=list(self.reloaded.changed))
            self.hurry("tick")
        troubles = dict.fromkeys(troubles_of(self.reloaded))
        for trouble in (each for each in troubles if each not in self._told):
            place = trouble.place
            where = {"file": place.file, "line": place.line, "column": place.column, "code": trouble.code}
            log.error("rules.refused", client=trouble.client, automation=trouble.automation, **where)
        self._told = frozenset(troubles)
        return None

    def tick(self) -> float | None:
        """Decide what is due; come again when the next thing is."""
        began = self.workspace.clock.now()
        report = self.engine.tick()
        undecided = [f"tick {scope}" for scope, _ in report.failures]
        for job in (job for job in self.record.in_row if job.startswith("tick ") and job not in undecided):
            self.record.well(job)
        for job in undecided:
            self.record.failed(job, "undecided")
        if report.planned or report.missed:
            log.info("tick.planned", dispatches=len(report.planned), missed=report.missed, flags=report.flags)
            self.hurry("deliver")
        return self._until(report.next_due, began)

    def deliver(self) -> float | None:
        """Send what is due; come again when the next of it is."""
        began = self.workspace.clock.now()
        report = self.engine.deliver()
        if report.sent or report.failures:
            counts = {"sent": report.sent, "retry": report.retry, "failed": report.failed, "in_doubt": report.in_doubt}
            log.info("dispatches.delivered", **counts)
        return self._until(report.next_due, began)

    def sync(self) -> float | None:
        """Read the rosters of every client; one that cannot be read keeps no other from being read."""
        for client in self.workspace.rules.clients():
            if self.is_over():
                break
            self.record.run(f"sync {client}", partial(self._sync_client, client))
        return None

    def _sync_client(self, client: str) -> None:
        report = self.engine.sync(client)
        if report.created or report.updated or report.refused:
            counts = {"created": len(report.created), "updated": len(report.updated), "refused": len(report.refused)}
            log.info("roster.synced", client=client, **counts)
            self.hurry("tick")

    def housekeeping(self) -> float | None:
        """Clear up what need not be kept, and write the head of the chain of events down outside of the database."""
        self.engine.housekeep()
        with self.workspace.store.begin() as tx:
            events, head = tx.events_head()
        log.info("events.anchored", events=events, head=head)  # whoever owns the database can change it all (fault 42)
        return None

    def _until(self, due: datetime | None, began: datetime) -> float | None:
        """Return the seconds until *due*; None when that was past already when the job *began*: it had its chance."""
        return (due - self.workspace.clock.now()).total_seconds() if due and due > began else None
