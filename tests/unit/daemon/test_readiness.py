"""Whether the daemon is alive, and can work."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.daemon.readiness import Readiness
from convener.daemon.record import Record
from convener.operations.workspace import Workspace
from convener.store import Store

pytestmark = pytest.mark.integration


def a_look(workspace: Workspace | None, clock: VirtualClock) -> Readiness:
    """Return what looks at *workspace*."""
    return Readiness(clock, Record(clock), lambda: workspace)


def test_a_daemon_that_begins_or_ends_is_not_ready(workspace: Workspace) -> None:
    """And one that works is."""
    clock = VirtualClock(workspace.clock.now())

    assert (503, 200) == (a_look(None, clock).readyz()[0], a_look(workspace, clock).readyz()[0])


def test_what_is_held_is_told(workspace: Workspace) -> None:
    """Nothing goes out until a person has looked (fault 15)."""
    with workspace.store.begin() as tx:
        tx.put_fact("hold", "a test says so")
    status, _, text = a_look(workspace, VirtualClock(workspace.clock.now())).readyz()

    assert (503, b"nothing goes out until a person has looked: convener db adopt\n") == (status, text)


def test_a_database_that_is_gone_is_told_within_a_moment(workspace: Workspace, tmp_path: Path) -> None:
    """And so is one that is back (fault 6)."""
    clock, found = VirtualClock(workspace.clock.now()), []
    store = Store.open("sqlite:///here.db", workspace=tmp_path)
    readiness = a_look(replace(workspace, store=store), clock)
    file, away = tmp_path / "here.db", tmp_path / "away.db"
    for gone in (False, True, False):
        store.close()
        if gone:
            file.rename(away)
            file.mkdir()
        elif away.exists():
            file.rmdir()
            away.rename(file)
        clock.move_to(clock.now() + timedelta(seconds=2))
        found.append(readiness.readyz()[0])
    store.close()

    assert [200, 503, 200] == found


def test_a_job_that_is_stuck_is_told_by_name(workspace: Workspace) -> None:
    """The daemon is started again by systemd, and a person reads why."""
    clock = VirtualClock(workspace.clock.now())
    record = Record(clock)
    readiness, pages = Readiness(clock, record, lambda: workspace), []

    def work() -> None:
        clock.move_to(clock.now() + timedelta(minutes=16))
        pages.append(readiness.livez(900))

    record.run("sync acme", work)
    pages.append(readiness.livez(900))

    assert [(503, b"sync acme is at the same work for too long\n"), (200, b"ok\n")] == [
        (status, text) for status, _, text in pages
    ]
