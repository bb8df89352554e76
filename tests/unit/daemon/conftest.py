"""Workspaces that a daemon can keep going, a clock that lets it do everything once, and daemons in other processes."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

from convener.clock import VirtualClock
from convener.daemon.daemon import Daemon
from convener.operations import pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

SCOPE = "northern-health/primary-care"
NEVER_QUIET = '\n[rules.quiet]\nenabled = false\nreason = "The test may run at night."\n'
PEOPLE = 40
HANDS = frozenset({"decide", "chores", "deliver"})
CAP = 60.0
"""Seconds after which a test that waits gives up; nothing is asserted about how long it takes."""
MAIN = "from convener.cli import main; main()"
"""What the installed command does."""


@dataclass
class Shift(VirtualClock):
    """A clock that lets a daemon work until all its hands wait, then takes the next step, and in the end ends it."""

    steps: list[Callable[[], object]] = field(default_factory=list)
    set_by: timedelta = timedelta(0)
    """How far the wall clock is from the time that passed."""
    _waiting: dict[str, threading.Event] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def now(self) -> datetime:
        """Return the present as the wall clock has it."""
        return self.instant + self.set_by

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Let a hand wait until it is woken, and the daemon itself until nothing is left to do."""
        name = threading.current_thread().name
        if name not in HANDS:
            self.settle()
            self.steps.pop(0)()
            return True
        with self._changed:
            self._waiting[name] = wake
            self._changed.notify_all()
        woken = wake.wait(CAP)
        with self._changed:
            del self._waiting[name]
        return woken

    def settle(self) -> None:
        """Wait until every hand waits."""
        with self._changed:
            assert self._changed.wait_for(self._is_settled, CAP)

    def _is_settled(self) -> bool:
        return self._waiting.keys() == HANDS and not any(wake.is_set() for wake in self._waiting.values())


@dataclass(frozen=True)
class Works:
    """Lets daemons do everything there is to do, and end."""

    workspace: Workspace
    clock: Shift

    def through(self, *steps: Callable[[Daemon], object], **changes: Any) -> Daemon:
        """Return a daemon that did all there was to do, again after each of *steps*, and was ended."""
        daemon = Daemon(replace(self.workspace, **changes), environ={})
        self.clock.steps = [partial(step, daemon) for step in (*steps, Daemon.stop)]
        daemon.run()
        return daemon


@pytest.fixture(scope="session")
def gone_live(tmp_path_factory: pytest.TempPathFactory, housed: Callable[[Path], Path]) -> Path:
    """Return a workspace whose programme has just gone live, by the clock of this machine; copied, never changed."""
    folder = tmp_path_factory.mktemp("gone-live") / "w"
    initialise(folder, example="northern-health")
    housed(folder)
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[daemon]", '[daemon]\nlisten = "127.0.0.1:0"'), encoding="utf-8")
    file = folder / "rulesets" / "northern-health.toml"
    rules = file.read_text(encoding="utf-8") + NEVER_QUIET
    with closing(open_workspace(housed(folder), environ={})) as workspace:
        later = workspace.clock.now().date() + timedelta(days=60)
        file.write_text(rules.replace("starts = 2027-01-18", f"starts = {later}"), encoding="utf-8")
        sync(workspace, "northern-health")
        pods.propose(workspace, SCOPE)
        pods.accept(workspace, SCOPE)
        go(workspace, SCOPE)
    return folder


@pytest.fixture
def folder(gone_live: Path, tmp_path: Path, copied: Callable[[Path, Path], Path]) -> Path:
    """Return a live workspace of its own."""
    return copied(gone_live, tmp_path / "w")


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """Return that workspace, opened, on a clock that stands still."""
    with closing(open_workspace(folder, environ={})) as opened:
        yield replace(opened, clock=Shift(opened.clock.now()))


@pytest.fixture
def works(workspace: Workspace) -> Works:
    """Return what lets daemons work on that workspace."""
    assert isinstance(workspace.clock, Shift)
    return Works(workspace, workspace.clock)


@pytest.fixture
def settle(works: Works) -> Callable[[], None]:
    """Wait until every hand of a crew on that workspace waits."""
    return works.clock.settle


@pytest.fixture
def mails(folder: Path) -> Callable[[], int]:
    """Count the mails that went out."""
    return lambda: len(list((folder / "var" / "outbox").rglob("*.eml")))


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Change one piece of text in a file of the workspace."""

    def change(name: str, old: str, new: str) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def health(folder: Path) -> Callable[[], dict[str, Any]]:
    """Read what the daemon says of itself."""
    return lambda: json.loads((folder / "var" / "health.json").read_text(encoding="utf-8"))


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass(frozen=True)
class Process:
    """A daemon in a process of its own."""

    child: "subprocess.Popen[str]"

    def heard(self, *events: str) -> list[dict[str, Any]]:
        """Return the next lines of its log that tell of *events*, in their order; nothing for what never came."""
        return [self._next(self.child.stderr, event) for event in events]

    @staticmethod
    def _next(stream: IO[str] | None, event: str) -> dict[str, Any]:
        return next((line for line in map(json.loads, stream or ()) if line["event"] == event), {})


@pytest.fixture
def started(folder: Path) -> Iterator[Callable[..., Process]]:
    """Start daemons in processes of their own; none outlives the test."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CONVENER_")}
    with ExitStack() as stack:

        def start(environ: Mapping[str, str] | None = None, *, where: Path = folder) -> Process:
            words = [sys.executable, "-c", MAIN, "-w", str(where), "daemon"]
            child = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env={**plain, **(environ or {})})
            process = stack.enter_context(child)
            stack.callback(process.kill)
            return Process(process)

        yield start
