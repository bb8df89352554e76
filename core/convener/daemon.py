"""The daemon: rules, sync, tick, deliver and housekeeping, each on its own rhythm and isolated from the others.

`schedule` says when a job runs and nothing else; what is due is decided by the ledger (see evidence on `schedule`:
a job that raises would stop the later ones, and missed runs collapse into one).
"""

import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from uuid import uuid4

import schedule
import structlog
from filelock import FileLock, Timeout

from convener.errors import BusyError, ConvenerError
from convener.model import Span
from convener.operations.deliver import deliver
from convener.operations.health import HealthKeeper, Trouble, troubles_of
from convener.operations.rules import Reloaded
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.operations.workspace import Workspace

LONGEST_WAIT = 60.0
"""Seconds after which the daemon looks at the clock again, whatever its rhythms say."""

ENDS = (signal.SIGTERM, signal.SIGINT)
NUDGES = (signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()

log = structlog.get_logger("convener.daemon")


@dataclass(slots=True)
class Daemon:
    """One process that keeps every live programme of a workspace going."""

    workspace: Workspace
    wake: threading.Event = field(default_factory=threading.Event)
    """Set to end the wait; the daemon then finishes what it is doing and stops, unless it was only hurried."""
    hurried: bool = False
    """Whether the rules are to be looked at before their rhythm says so."""
    stopping: bool = False
    failures: dict[str, int] = field(default_factory=dict)
    """How often each job has failed in a row."""
    reloaded: Reloaded = field(default_factory=Reloaded)
    """What became of the rules when they were last looked at."""
    told: frozenset[Trouble] = frozenset()
    """What has been logged of it already."""
    owner: str = field(default_factory=lambda: f"daemon-{os.getpid()}-{uuid4().hex}")
    """Names this run in the leases it takes; a process number alone comes back after a while."""

    _health: HealthKeeper = field(init=False)
    _hurrying: threading.Lock = field(default_factory=threading.Lock)
    """Held where `hurried` and `wake` change together: signals are heard by a thread of their own."""

    def __post_init__(self) -> None:
        self._health = HealthKeeper(self.workspace.folder, self.workspace.clock)

    def run(self) -> None:
        """Work until `wake` is set; raise BusyError when another daemon works on this workspace."""
        lock = _lock(self.workspace.folder)
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        try:
            with lock.acquire(timeout=0):
                self._work(self._rhythms())
        except Timeout:
            raise BusyError("another daemon works on this workspace", hint="stop it first, or leave it") from None

    @staticmethod
    def runs(folder: Path) -> bool:
        """Tell whether a daemon works on the workspace *folder*, in whatever process."""
        lock = _lock(folder)
        if not Path(lock.lock_file).exists():
            return False
        try:
            with lock.acquire(timeout=0):
                return False
        except Timeout:
            return True

    def stop(self) -> None:
        """Let the daemon finish what it is doing and end."""
        self.stopping = True
        self.wake.set()

    def hurry(self) -> None:
        """Let the daemon look at the rule files as soon as it has finished what it is doing."""
        with self._hurrying:
            self.hurried = True
            self.wake.set()

    def _work(self, rhythms: schedule.Scheduler) -> None:
        log.info("daemon.started", pid=os.getpid())
        rhythms.run_all()
        while not self._is_over:
            idle = rhythms.idle_seconds
            self.workspace.clock.wait(min(LONGEST_WAIT, max(0.0, idle or 0.0)), self.wake)
            self._heed()
            if not self._is_over:
                rhythms.run_pending()
        self._isolated("deliver", self._deliver)  # drain what was planned before the signal
        self._isolated("health", self._health.stop)
        log.info("daemon.stopped", pid=os.getpid())

    @property
    def _is_over(self) -> bool:
        return self.stopping or (self.wake.is_set() and not self.hurried)

    def _heed(self) -> None:
        """Look at the rules when somebody asked for it."""
        if self.hurried and not self.stopping:
            with self._hurrying:
                self.hurried = False
                self.wake.clear()
            self._round("rules", self._rules)

    def _rhythms(self) -> schedule.Scheduler:
        settings, rhythms = self.workspace.settings, schedule.Scheduler()
        jobs: tuple[tuple[str, Span, Callable[[], None]], ...] = (
            ("rules", settings.rules, self._rules),
            ("sync", settings.sync, self._sync),
            ("tick", settings.tick, self._tick),
            ("deliver", settings.deliver, self._deliver),
            ("housekeeping", settings.housekeeping, self._housekeeping),
        )
        for name, every, job in jobs:
            rhythms.every(max(1, int(every.as_timedelta().total_seconds()))).seconds.do(self._round, name, job)
        return rhythms

    def _round(self, name: str, job: Callable[[], None]) -> None:
        """Run one job and say how things are."""
        self._isolated(name, job)
        self._isolated("health", self._tell_health)

    def _tell_health(self) -> None:
        said = self._health.tell(self.reloaded, self.failures, self.workspace.rules.troubles().values())
        if said:
            log.info("health.changed", status=said.status, problems=len(said.troubles), jobs=len(said.jobs))

    def _isolated(self, name: str, job: Callable[[], None]) -> None:
        """Run one job; whatever it raises is noted and stops nothing else (P14)."""
        try:
            job()
        except ConvenerError as error:
            self._failed(name, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a job must never take the daemon with it
            self._failed(name, type(error).__name__)
        else:
            self.failures.pop(name, None)

    def _failed(self, name: str, kind: str) -> None:
        self.failures[name] = self.failures.get(name, 0) + 1
        log.error("job.failed", job=name, kind=kind, in_row=self.failures[name])

    def _rules(self) -> None:
        """Take what changed in the rule files and tell, once, what cannot be taken."""
        self.reloaded = self.workspace.rules.reload()
        if self.reloaded.changed:
            log.info("rules.reloaded", clients=list(self.reloaded.changed))
        troubles = dict.fromkeys(troubles_of(self.reloaded))
        for trouble in (each for each in troubles if each not in self.told):
            place = trouble.place
            where = {"file": place.file, "line": place.line, "column": place.column, "code": trouble.code}
            log.error("rules.refused", client=trouble.client, automation=trouble.automation, **where)
        self.told = frozenset(troubles)

    def _tick(self) -> None:
        report = tick(self.workspace)
        undecided = [f"tick {scope}" for scope, _ in report.failures]
        for decided in [name for name in self.failures if name.startswith("tick ") and name not in undecided]:
            del self.failures[decided]
        for name in undecided:
            self._failed(name, "undecided")
        if report.planned or report.missed:
            log.info("tick.planned", dispatches=len(report.planned), missed=report.missed, flags=report.flags)

    def _deliver(self) -> None:
        report = deliver(self.workspace, owner=self.owner)
        if report.sent or report.failures:
            counts = {"sent": report.sent, "retry": report.retry, "failed": report.failed, "in_doubt": report.in_doubt}
            log.info("dispatches.delivered", **counts)

    def _sync(self) -> None:
        for client in self.workspace.rules.clients():
            self._isolated(f"sync {client}", partial(self._sync_client, client))

    def _sync_client(self, client: str) -> None:
        report = sync(self.workspace, client)
        if report.created or report.updated or report.refused:
            counts = {"created": len(report.created), "updated": len(report.updated), "refused": len(report.refused)}
            log.info("roster.synced", client=client, **counts)

    def _housekeeping(self) -> None:
        self.workspace.store.tidy()


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / "var" / "daemon.lock")


def stop_on_signals(daemon: Daemon) -> None:
    """Let SIGTERM and SIGINT end *daemon* after what it is doing, and SIGHUP make it look at the rules."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)

    def interrupt(number: int, frame: FrameType | None) -> None:
        """Touch nothing that has a lock: the thread that is interrupted may hold it."""
        daemon.stopping = daemon.stopping or number in ENDS

    for number in (*ENDS, *NUDGES):
        signal.signal(number, interrupt)
    threading.Thread(target=_listen, args=(daemon, ours, theirs), name="signals", daemon=True).start()


def _listen(daemon: Daemon, ours: socket.socket, theirs: socket.socket) -> None:
    """Hand every signal on to *daemon*; *theirs*, where they come in, is held open for as long as this runs."""
    while theirs.fileno() >= 0 and (numbers := ours.recv(4096)):
        if any(number in numbers for number in ENDS):
            daemon.stop()
        else:
            daemon.hurry()
