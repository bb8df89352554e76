"""The daemon itself: it begins, listens to signals and the clock, takes other settings, and ends."""

import os
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog

from convener.daemon.crew import Crew
from convener.daemon.hands import LONGEST_WAIT
from convener.daemon.jumps import Jumps
from convener.daemon.locks import alone, first
from convener.daemon.metrics import Metrics
from convener.daemon.ping import Ping
from convener.daemon.readiness import Readiness
from convener.daemon.record import Record
from convener.daemon.site import Page, open_site
from convener.daemon.systemd import Notifier
from convener.daemon.telling import Telling
from convener.engines import Engine, open_engine
from convener.errors import BusyError, ConvenerError, InvalidError, Problem, StoreError
from convener.operations.delivery import Sent
from convener.operations.health import HealthKeeper
from convener.operations.mounts import network_file_system
from convener.operations.workspace import Workspace
from convener.runtime import reconfigured

log = structlog.get_logger("convener.daemon")


@dataclass(slots=True)
class Daemon:
    """One process that keeps every live programme of a workspace going."""

    workspace: Workspace
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    """Where settings and systemd say the rest."""
    record: Record = field(init=False)
    metrics: Metrics = field(init=False)
    crew: Crew | None = None
    """Who works at present; nobody while it begins, ends or takes other settings."""
    _readiness: Readiness = field(init=False)
    _telling: Telling = field(init=False)
    _jumps: Jumps = field(init=False)
    _notifier: Notifier = field(init=False)
    _wake: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)
    """Set once nothing works any more."""
    _stopping: bool = False
    _hurried: bool = False
    _is_heir: bool = False
    """Whether it holds the lock and has not worked yet: whoever worked before is dead, unless it was this one."""
    _broken: bool = False

    def __post_init__(self) -> None:
        """Make everything that outlives a change of settings."""
        clock = self.workspace.clock
        self.record = Record(clock)
        self.metrics = Metrics(clock, self.record, self._at_work)
        self._readiness = Readiness(clock, self.record, lambda: self.workspace if self.crew else None)
        health = HealthKeeper(self.workspace.folder, clock)
        self._telling = Telling(self.record, health, Ping(clock), lambda: self.crew)
        self._jumps, self._notifier = Jumps(clock), Notifier(clock, self.environ)

    def run(self) -> None:
        """Work until told to stop; raise BusyError when another daemon works on this workspace or its database."""
        if self.workspace.settings.engine == "embedded":
            with alone(self.workspace) as sole:
                self._is_heir = True
                self._live(sole.is_ours)
        else:
            with first(self.workspace) as self._telling.is_first:
                self._live(lambda: True)

    def stop(self) -> None:
        """Let the daemon finish what it is doing, send what is due, and end; told twice, send nothing more."""
        crew = self.crew
        if self._stopping and crew:
            crew.halt()
        self._stopping = True
        self._wake.set()

    def hurry(self) -> None:
        """Let the daemon look at `config.toml` and the rule files as soon as it has finished what it is doing."""
        self._hurried = True
        self._wake.set()

    def _live(self, is_ours: Callable[[], bool]) -> None:
        log.info("daemon.started", pid=os.getpid(), engine=self.workspace.settings.engine)
        kind = network_file_system(self.workspace.folder)
        if kind:
            log.warning("workspace.remote", kind=kind)
        with self._watched():
            while self._work(is_ours):
                self._notifier.reloading()
        self._telling.end()
        log.info("daemon.stopped", pid=os.getpid())
        if self._broken:
            raise ConvenerError("a thread of the daemon broke", hint="see thread.died in its log, and report it")

    def _work(self, is_ours: Callable[[], bool]) -> bool:
        """Work by the present settings; return whether to go on by others."""
        before = self.workspace
        engine = open_engine(before, is_heir=self._is_heir, observe=self._observe)
        self._is_heir = False
        crew = Crew(workspace=before, engine=engine, record=self.record, crashed=self._break, after=self._telling.after)
        site = open_site(before.settings.listen, self._pages())
        try:
            self.crew = crew
            crew.start()
            self._notifier.ready()
            goes_on = self._supervise(is_ours)
        except BaseException:
            self._end(crew, drain=False)
            raise
        finally:
            if site:
                site.close()
        self._end(crew, drain=not goes_on)
        if goes_on:
            before.connectors.close()
        return goes_on

    def _end(self, crew: Crew, *, drain: bool) -> None:
        if drain:
            self._notifier.stopping()
        left = crew.end(drain=drain)
        self.crew = None
        if left:
            log.error("daemon.abandoned", abandoned=left)

    def _supervise(self, is_ours: Callable[[], bool]) -> bool:
        """Wait for signals and the clock until the end; return early, and true, when there are other settings."""
        while not self._stopping:
            self.workspace.clock.wait(LONGEST_WAIT, self._wake)
            self._wake.clear()
            self._notice_jump()
            with suppress(StoreError):  # a database that is gone is found gone by everybody who works with it
                if not is_ours():
                    raise BusyError("another daemon took this database while it was gone", hint="leave it to that one")
            hurried, self._hurried = self._hurried, False
            if hurried and not self._stopping and self._takes_settings():
                return True
        return False

    def _takes_settings(self) -> bool:
        """Take what `config.toml` says now, unless it says the same or something wrong; look at the rules then."""
        self._notifier.reloading()
        before = self.workspace
        self.record.run("config", self._reconfigure)
        if self.workspace is not before:
            log.info("config.reloaded")
            return True
        self._hurry("rules")
        self._notifier.ready()
        return False

    def _reconfigure(self) -> None:
        try:
            self.workspace = reconfigured(self.workspace, environ=self.environ)
        except InvalidError as error:
            _log_refusals(error.problems)
            raise

    def _notice_jump(self) -> None:
        seconds = self._jumps.look()
        if seconds:
            log.warning("clock.jumped", seconds=round(seconds, 1))
            self.metrics.jumps.inc()
            self._hurry("tick", "deliver")

    def _hurry(self, *jobs: str) -> None:
        for job in jobs:
            if self.crew:
                self.crew.hurry(job)

    def _break(self) -> None:
        self._broken = True
        self.stop()

    def _at_work(self) -> tuple[Workspace, Engine] | None:
        crew = self.crew
        return (crew.workspace, crew.engine) if crew else None

    def _observe(self, sent: Sent) -> None:
        self.metrics.observe(sent)
        self.record.went_on("deliver")

    def _pages(self) -> Mapping[str, Page]:
        return {
            "/livez": lambda _: self._readiness.livez(self.workspace.settings.longest_job),
            "/readyz": lambda _: self._readiness.readyz(),
            "/metrics": lambda accept: (200, *self.metrics.page(accept)),
        }

    @contextmanager
    def _watched(self) -> Generator[None]:
        """Give systemd signs of life inside, as often as it wants them, while no job is stuck."""
        if self._notifier.watchdog:
            threading.Thread(target=self._give_signs, name="watchdog", daemon=True).start()
        try:
            yield
        finally:
            self._over.set()

    def _give_signs(self) -> None:
        while not self._over.is_set():
            if not self._readiness.stuck(self.workspace.settings.longest_job):
                self._notifier.alive()
            self.workspace.clock.wait(self._notifier.watchdog / 3, self._over)


def _log_refusals(problems: Iterable[Problem]) -> None:
    """Log each place for which a configuration is not taken."""
    for problem in problems:
        place = problem.place
        log.error("config.refused", file=place.file, line=place.line, column=place.column, code=problem.code)
