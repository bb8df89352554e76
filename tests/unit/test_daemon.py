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
from typing import IO, Any

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


def heard(stream: IO[str] | None, event: str) -> dict[str, Any]:
    """Return the next line of *stream* that tells of *event*, nothing when it ends before."""
    return next((line for line in map(json.loads, stream or ()) if line["event"] == event), {})


def told(process: subprocess.Popen[str], *events: str) -> list[dict[str, Any]]:
    """Return the next lines that tell of *events*, in their order."""
    return [heard(process.stderr, event) for event in events]


def health(folder: Path) -> dict[str, Any]:
    """Return what the daemon says of itself."""
    return json.loads((folder / "var" / "health.json").read_text(encoding="utf-8"))


def edit(folder: Path, client: str, old: str, new: str) -> None:
    """Change one piece of text in a rule file."""
    file = folder / "rulesets" / f"{client}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


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
    torn = TornRules.of(workspace.folder, workspace.settings)
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


def test_a_process_lives_through_bad_edits(folder: Path, started: Callable[[], subprocess.Popen[str]]) -> None:
    """Broken, it is degraded with the place and goes on by the last good set; mended, it is well again (P14, P15)."""
    north, south = (folder / "rulesets" / f"{name}-health.toml" for name in ("northern", "southern"))
    written = north.read_text(encoding="utf-8")
    south.write_text(written, encoding="utf-8")
    process = started()
    first, _ = told(process, "rules.reloaded", "health.changed")
    edit(folder, "northern-health", "schema = 1", "schema = 1\nsurprise = true")
    edit(folder, "southern-health", "Primary care pilot", "South")
    process.send_signal(signal.SIGHUP)
    other, refused, _ = told(process, "rules.reloaded", "rules.refused", "health.changed")
    degraded = health(folder)
    edit(folder, "northern-health", "surprise = true", "")
    process.send_signal(signal.SIGHUP)
    mended, _ = told(process, "rules.reloaded", "health.changed")
    well = health(folder)
    process.send_signal(signal.SIGTERM)
    process.communicate()
    line = written.splitlines().index("schema = 1") + 2
    place = {"client": "northern-health", "file": "rulesets/northern-health.toml", "line": line, "column": 1}

    assert ["northern-health", "southern-health"] == first["clients"]
    assert (["southern-health"], ["northern-health"]) == (other["clients"], mended["clients"])
    assert place | {"code": "unknown-key"} == {key: refused[key] for key in (*place, "code")}
    assert [place | {"code": "unknown-key", "automation": ""}] == degraded["problems"]
    assert ([], "stopped") == (well["problems"], health(folder)["status"])


def test_a_killed_process_comes_back_with_what_is_sound(
    folder: Path, started: Callable[[], subprocess.Popen[str]]
) -> None:
    """After kill -9 amid a bad edit the next one has no last good set: that client waits, the other is decided."""
    shutil.copy(folder / "rulesets" / "northern-health.toml", folder / "rulesets" / "southern-health.toml")
    first = started()
    heard(first.stderr, "rules.reloaded")
    edit(folder, "southern-health", "schema = 1", "schema = 1\nsurprise = true")
    first.kill()
    first.communicate()
    second = started()
    reloaded = heard(second.stderr, "rules.reloaded")
    refused = heard(second.stderr, "rules.refused")
    delivered = heard(second.stderr, "dispatches.delivered")

    assert ("southern-health", PEOPLE) == (refused["client"], delivered["sent"])
    assert "northern-health" in reloaded["clients"]


def test_the_last_good_set_decides(workspace: Workspace) -> None:
    """Everybody is welcomed by rules whose file has been broken since they were read (P14)."""
    daemon = Daemon(workspace=workspace)
    workspace.rules.reload()
    edit(workspace.folder, "northern-health", "schema = 1", "schema = 1\nsurprise = true")
    daemon.run()

    assert PEOPLE == len(mails(workspace.folder))
    assert ["northern-health"] == [*daemon.reloaded.refused]


def test_a_client_without_a_set_is_not_decided(workspace: Workspace) -> None:
    """Broken from the start it sends nothing, loses nothing, and catches up when it is mended (P7, P14)."""
    edit(workspace.folder, "northern-health", "schema = 1", "schema = 1\nsurprise = true")
    daemon = Daemon(workspace=workspace)
    daemon.run()
    before = len(mails(workspace.folder))
    edit(workspace.folder, "northern-health", "surprise = true", "")
    daemon.wake.clear()
    daemon.run()

    assert (0, PEOPLE) == (before, len(mails(workspace.folder)))
    assert {} == daemon.failures


def test_a_hurried_daemon_looks_at_the_rules_and_goes_on(workspace: Workspace) -> None:
    """A nudge is not an end; the end that comes with it is."""
    clock = Shift(workspace.clock.now())
    daemon = Daemon(workspace=replace(workspace, clock=clock))
    edits = iter((daemon.hurry, daemon.stop))

    def meanwhile() -> None:
        edit(workspace.folder, "northern-health", "schema = 1", "schema = 1\n# once more")
        next(edits)()

    clock.meanwhile = meanwhile
    daemon.run()

    assert ("northern-health",) == daemon.reloaded.changed
    assert [] == list(edits)


def test_a_health_that_cannot_be_written_stops_nothing(workspace: Workspace) -> None:
    """Where the file should be is a folder: everybody is welcomed all the same (P14)."""
    (workspace.folder / "var" / "health.json").mkdir(parents=True)
    daemon = Daemon(workspace=workspace)
    daemon.run()

    assert PEOPLE == len(mails(workspace.folder))
    assert "health" in daemon.failures


def test_a_storm_of_nudges_neither_kills_nor_blocks(started: Callable[[], subprocess.Popen[str]]) -> None:
    """A signal may come at any point of the code, also while the daemon holds a lock of its own."""
    process = started()
    told(process, "rules.reloaded", "dispatches.delivered")
    for _ in range(5000):
        process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    rest = process.communicate()[1]

    assert (0, "daemon.stopped") == (process.returncode, json.loads(rest.splitlines()[-1])["event"])


def test_a_live_client_whose_file_is_gone_is_told(workspace: Workspace) -> None:
    """After a restart nothing is known of it but its programme: that is no reason to call it well (P14)."""
    file = workspace.folder / "rulesets" / "northern-health.toml"
    hidden = file.rename(file.with_suffix(".away"))
    daemon = Daemon(workspace=workspace)
    daemon.run()
    before = dict(daemon.failures)
    hidden.rename(file)
    daemon.wake.clear()
    daemon.run()

    assert ({f"tick {SCOPE}": 1}, {}) == (before, daemon.failures)
    assert PEOPLE == len(mails(workspace.folder))
