"""Both engines behind one port: what they leave is the same."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.engines import open_engine
from convener.operations import pods
from convener.operations.go import go
from convener.operations.sync import sync
from convener.runtime import open_workspace

pytestmark = pytest.mark.integration


def test_the_ledger_is_the_same_by_either(folder: Path, postgresql_url: str) -> None:
    """Three weeks of one programme, by one process on SQLite and by workers on PostgreSQL: the same rows and states."""
    elsewhere = {"CONVENER_DATABASE_URL": postgresql_url, "CONVENER_ENGINE": "procrastinate"}
    embedded = _lived(folder, {"CONVENER_DATABASE_URL": "sqlite:///var/convener.db"})
    queued = _lived(folder, elsewhere)

    assert len(embedded) > 10
    assert embedded == queued


def _lived(folder: Path, environ: dict[str, str]) -> set[tuple[str, str]]:
    """Let the programme go live and three weeks pass; return its rows and their states."""
    clock = VirtualClock(datetime(2026, 12, 7, 9, tzinfo=UTC))
    with closing(open_workspace(folder, clock=clock, environ=environ)) as workspace:
        sync(workspace, "acme")
        pods.propose(workspace, "acme/first")
        pods.accept(workspace, "acme/first")
        go(workspace, "acme/first")
        with closing(open_engine(workspace)) as engine:
            for _ in range(21):
                engine.tick(at=clock.now())
                engine.deliver(at=clock.now())
                clock.move_to(clock.now() + timedelta(days=1))
        with workspace.store.begin() as tx:
            return {(row.dispatch.key, row.state.value) for row in tx.ledger()}
