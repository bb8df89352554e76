"""Telling how things are after each job: to the health file of the workspace and to the dead-man's switch."""

import threading
from collections.abc import Callable

import structlog

from convener.daemon.crew import Crew
from convener.daemon.ping import Ping
from convener.daemon.record import Record
from convener.operations.health import HealthKeeper

ROUND = frozenset({"tick", "deliver"})
"""The jobs that make a round a good one."""

log = structlog.get_logger("convener.daemon")


class Telling:
    """Called by every hand of the crew, one at a time."""

    def __init__(self, record: Record, health: HealthKeeper, ping: Ping, present: Callable[[], Crew | None]) -> None:
        self._record, self._health, self._ping, self._present = record, health, ping, present
        self._lock = threading.Lock()
        self.is_first = True
        """Whether the health file is ours to write; several daemons may share a workspace."""

    def after(self, job: str) -> None:
        """Say how things are after *job*."""
        crew = self._present()
        if crew is None:
            return
        with self._lock:
            if self.is_first:
                self._record.run("health", lambda: self._write(crew))
        well = self._record.good.keys() - self._record.in_row.keys()
        if job in ROUND <= well and not self._record.held:
            self._ping.after_good_round(crew.workspace.settings)

    def end(self) -> None:
        """Say that the daemon ended as it should."""
        if self.is_first:
            self._record.run("health", self._health.stop)

    def _write(self, crew: Crew) -> None:
        alone = [connector for connector, state in crew.engine.breakers().items() if state != "closed"]
        plugins = crew.workspace.rules.troubles().values()
        said = self._health.tell(crew.jobs.reloaded, self._record.in_row, plugins, breakers=alone)
        if said:
            log.info("health.changed", status=said.status, problems=len(said.troubles), jobs=len(said.jobs))
