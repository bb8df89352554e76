"""The daemon: its jobs, its lock and its end."""

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import IO

import pytest

from convener.clock import VirtualClock
from convener.daemon import Daemon
from convener.model import DispatchState
from convener.operations import pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.ledger import rows
from convener.operations.rules import RuleBook
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

pytestmark = pytest.mark.integration

SCOPE = "northern-health/primary-care"
NEVER_QUIET = '\n[rules.quiet]\nenabled = false\nreason = "The test may run at night."\n'
PEOPLE = 40


@dataclass
class Shift(VirtualClock):
    """A clock that ends the daemon's first wait, after something has happened in it."""

    meanwhile: Callable[[], object] = lambda: None

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Let things happen, then wake up."""
        self.meanwhile()
        wake.set()
        return True


class TornRules(RuleBook):
    """Rule files of clients that cannot be listed."""

    def clients(self) -> tuple[str, ...]:
        """Fail in a way that nobody foresaw."""
        raise RuntimeError("torn")


@pytest.fixture(scope="module")
def gone_live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose programme has just gone live, by the clock of this machine; copied, never changed."""
    folder = tmp_path_factory.mktemp("gone-live") / "w"
    initialise(folder, example="northern-health")
    file = folder / "rulesets" / "northern-health.toml"
    rules = file.read_text(encoding="utf-8") + NEVER_QUIET
    with closing(open_workspace(folder, environ={})) as workspace:
        later = workspace.clock.now().date() + timedelta(days=60)
        file.write_text(rules.replace("starts = 2027-01-18", f"starts = {later}"), encoding="utf-8")
        sync(workspace, "northern-health")
        pods.propose(workspace, SCOPE)
        pods.accept(workspace, SCOPE)
        go(workspace, SCOPE)
    return folder


@pytest.fixture
def folder(gone_live: Path, tmp_path: Path) -> Path:
    """Return a live workspace of its own."""
    return shutil.copytree(gone_live, tmp_path / "w")


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """Return that workspace, opened, on a clock that lets the daemon do every job once."""
    with closing(open_workspace(folder, environ={})) as opened:
        yield replace(opened, clock=Shift(opened.clock.now()))


@pytest.fixture
def started(folder: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start daemons in processes of their own; none outlives the test."""
    words = [sys.executable, "-c", "from convener.cli import main; main()", "-w", str(folder), "daemon"]
    with ExitStack() as stack:

        def start() -> subprocess.Popen[str]:
            process = stack.enter_context(subprocess.Popen(words, stderr=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            return process

        yield start


def heard(stream: IO[str] | None, event: str) -> dict[str, object]:
    """Return the next line of *stream* that tells of *event*, nothing when it ends before."""
    return next((line for line in map(json.loads, stream or ()) if line["event"] == event), {})


def mails(folder: Path) -> list[Path]:
    """Return the mails that went out."""
    return sorted((folder / "var" / "outbox").rglob("*.eml"))


def test_a_process_ticks_delivers_refuses_a_second_and_ends_on_a_signal(
    folder: Path, started: Callable[[], subprocess.Popen[str]]
) -> None:
    """Everyone is welcomed; the second daemon exits 75 with one message; SIGTERM ends the first with 0 (N5)."""
    first = started()
    delivered = heard(first.stderr, "dispatches.delivered")
    second = started()
    refusal = second.communicate()[1]
    first.send_signal(signal.SIGTERM)
    rest = first.communicate()[1]

    assert PEOPLE == delivered["sent"] == len(mails(folder))
    assert 75 == second.returncode
    assert (1, 0) == (refusal.count("another daemon works on this workspace"), refusal.count("Traceback"))
    assert (0, "daemon.stopped") == (first.returncode, json.loads(rest.splitlines()[-1])["event"])


def test_a_killed_process_leaves_no_lock(started: Callable[[], subprocess.Popen[str]]) -> None:
    """After kill -9 the next one simply starts."""
    first = started()
    began = heard(first.stderr, "daemon.started")
    first.kill()
    first.communicate()
    second = started()
    again = heard(second.stderr, "daemon.started")

    assert began
    assert again


def test_what_was_planned_before_the_end_still_goes_out(workspace: Workspace) -> None:
    """Between the signal and the end, the ledger is drained."""
    clock = Shift(workspace.clock.now())
    lived = replace(workspace, clock=clock)
    starts = lived.rules.ruleset(SCOPE).starts

    def plan() -> None:
        clock.move_to(datetime.combine(starts - timedelta(weeks=2), time(12), UTC))
        tick(lived)

    clock.meanwhile = plan
    Daemon(workspace=lived).run()
    briefings = [row.state for row in rows(lived) if row.dispatch.what == "manager-briefing"]

    assert {DispatchState.SENT} == set(briefings)


def test_a_roster_that_cannot_be_read_stops_nothing_else(workspace: Workspace) -> None:
    """One client's sync fails; its people are welcomed all the same (P14)."""
    (workspace.folder / "data" / "northern-health.csv").unlink()
    daemon = Daemon(workspace=workspace)
    daemon.run()

    assert {"sync northern-health": 1} == daemon.failures
    assert PEOPLE == len(mails(workspace.folder))


def test_a_job_that_breaks_in_an_unforeseen_way_stops_nothing_else(workspace: Workspace) -> None:
    """Whatever is raised, the other jobs run, in this round and in the next (P14)."""
    tick(workspace)
    torn = TornRules(workspace.folder, frozenset(workspace.settings.connectors), workspace.renderer.names())
    daemon = Daemon(workspace=replace(workspace, rules=torn))
    daemon.run()
    daemon.wake.clear()
    daemon.run()

    assert {"sync": 2, "tick": 2} == daemon.failures
    assert PEOPLE == len(mails(workspace.folder))


def test_a_job_that_works_again_has_no_failures_in_a_row(workspace: Workspace) -> None:
    """What is mended is forgotten."""
    roster = workspace.folder / "data" / "northern-health.csv"
    daemon = Daemon(workspace=workspace)
    hidden = roster.rename(roster.with_suffix(".away"))
    daemon.run()
    hidden.rename(roster)
    daemon.wake.clear()
    daemon.run()

    assert {} == daemon.failures


def test_each_run_claims_under_a_name_of_its_own(workspace: Workspace) -> None:
    """A process number comes back after a while; a lease must not."""
    assert Daemon(workspace=workspace).owner != Daemon(workspace=workspace).owner
