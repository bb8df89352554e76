"""The figures for Prometheus."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from convener.daemon.daemon import Daemon
from convener.daemon.metrics import Metrics
from convener.daemon.record import Record
from convener.engines import open_engine
from convener.model import DispatchState
from convener.operations.delivery import Sent
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.store import Store

pytestmark = pytest.mark.integration
PEOPLE = 40


def figures(metrics: Metrics) -> dict[str, float]:
    """Return every figure of the page, by name and labels."""
    lines = metrics.page()[1].decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


def labelled(name: str, **labels: str) -> str:
    """Return the name of a figure as it stands on the page."""
    said = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return f"{name}{{{said}}}"


def test_what_waits_is_counted_by_connector_automation_and_state(workspace: Workspace) -> None:
    """With how long the oldest of it is due (R26)."""
    tick(workspace)
    engine = open_engine(workspace)
    metrics = Metrics(workspace.clock, Record(workspace.clock), lambda: (workspace, engine))
    found = figures(metrics)
    welcomes = {"connector": "mail", "automation": "welcome", "state": "ready"}

    assert (PEOPLE, 1, 0) == (
        found[labelled("convener_dispatches", **welcomes)],
        found["convener_database_up"],
        found["convener_held"],
    )
    assert found[labelled("convener_oldest_due_seconds", **welcomes)] >= 0
    assert not found[labelled("convener_in_doubt", connector="mail")]


def test_what_happens_is_counted_as_it_happens(workspace: Workspace) -> None:
    """How long something took from due to sent, and how each attempt ended."""
    daemon = Daemon(workspace, environ={})
    for state, dwell in ((DispatchState.SENT, 0.7), (DispatchState.SENT, 40.0), (DispatchState.RETRY, 3.0)):
        daemon.metrics.observe(Sent(connector="mail", automation="welcome", state=state, dwell=dwell))
    found = figures(daemon.metrics)
    names = {"automation": "welcome", "connector": "mail"}

    assert (2, 1) == tuple(
        found[labelled("convener_settled_total", **names, state=state)] for state in ("sent", "retry")
    )
    assert (1, 2) == tuple(found[labelled("convener_dwell_seconds_bucket", **names, le=le)] for le in ("1.0", "60.0"))


def test_jobs_are_told_by_name(workspace: Workspace) -> None:
    """When each last went well, when each client's rosters were last read, what fails."""
    daemon = Daemon(workspace, environ={})
    daemon.record.well("sync northern-health")
    daemon.record.well("tick")
    for _ in range(3):
        daemon.record.failed("sync southern-health", "DataError")
    found, now = figures(daemon.metrics), workspace.clock.now().timestamp()

    assert now == pytest.approx(found[labelled("convener_last_sync_timestamp_seconds", client="northern-health")])
    assert now == pytest.approx(found[labelled("convener_job_last_success_timestamp_seconds", job="tick")])
    assert (3, 3) == (
        found[labelled("convener_job_failures_total", job="sync southern-health")],
        found[labelled("convener_job_failures_in_row", job="sync southern-health")],
    )


def test_without_a_database_the_rest_is_still_told(workspace: Workspace, tmp_path: Path) -> None:
    """The page is most wanted when something is wrong (fault 6)."""
    store = Store.open("sqlite:///gone.db", workspace=tmp_path)
    engine, gone = open_engine(workspace), replace(workspace, store=store)
    metrics = Metrics(workspace.clock, Record(workspace.clock), lambda: (gone, engine))
    store.close()
    for file in tmp_path.glob("gone.db*"):
        file.unlink()
    (tmp_path / "gone.db").mkdir()
    found = figures(metrics)

    assert not found["convener_database_up"]
    assert any(name.startswith("process_resident_memory_bytes") for name in found)


def test_a_reader_may_ask_for_the_newer_form(workspace: Workspace) -> None:
    """OpenMetrics, as Prometheus asks for it."""
    kind, page = Daemon(workspace, environ={}).metrics.page("application/openmetrics-text; version=1.0.0")

    assert (True, True) == (kind.startswith("application/openmetrics-text"), page.endswith(b"# EOF\n"))


def test_the_ledger_is_not_counted_for_every_reader(workspace: Workspace) -> None:
    """Whoever reloads the page a thousand times keeps nobody from working."""
    asked: list[Workspace] = []

    def at_work() -> None:
        asked.append(workspace)

    metrics = Metrics(workspace.clock, Record(workspace.clock), at_work)
    for _ in range(5):
        metrics.page()
    counted = len(asked)
    metrics.page()

    assert 1 == len(asked) - counted  # the breakers, which cost nothing


def test_ages_are_never_negative(workspace: Workspace) -> None:
    """A row that is due in the future has no age."""
    tick(workspace)
    engine, clock = open_engine(workspace), type(workspace.clock)(workspace.clock.now() - timedelta(days=1))
    metrics = Metrics(clock, Record(clock), lambda: (workspace, engine))
    ages = [value for name, value in figures(metrics).items() if name.startswith("convener_oldest_due_seconds")]

    assert ages
    assert not any(ages)
