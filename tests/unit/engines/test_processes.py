"""Workers in processes of their own."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.engines import open_engine, workers_beside
from convener.engines.jobs import Job, Work
from convener.engines.queue import Queue
from convener.engines.queued import Queued
from convener.errors import StoreError
from convener.model import DispatchState
from convener.operations.workspace import Workspace

pytestmark = pytest.mark.integration
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
"""Where the clock of the test stands; the other processes are in the present."""
WORKER = """
import os, sys, threading
from pathlib import Path
from convener.engines import open_engine
from convener.runtime import open_workspace
open_engine(open_workspace(Path(sys.argv[1]), environ=os.environ))
threading.Event().wait()
"""
LATER = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'"


def test_others_do_the_work(live: Workspace, environ: dict[str, str]) -> None:
    """With two beside it, an engine that only gives out has everything done."""
    with closing(open_engine(live)) as engine, workers_beside(live.folder, environ, 2):
        assert isinstance(engine, Queued)
        engine.worker.stop()
        engine.worker.join()
        planned, sent = engine.tick(at=LIVE), engine.deliver(at=LIVE)
    with live.store.begin() as tx:
        states = {row.state for row in tx.ledger()}
        count = tx.sent("acme")

    assert ((), 0) == (planned.planned, sent.sent)
    assert {DispatchState.SENT} == states
    assert count > 0


def test_one_that_cannot_begin_is_told(tmp_path: Path) -> None:
    """A folder that is no workspace, for one."""
    with pytest.raises(StoreError, match="could not begin"), workers_beside(tmp_path, {}, 1):
        pass


@pytest.mark.parametrize("place", ["commit", "committed"])
def test_the_job_of_a_killed_worker_is_done_by_another(
    live: Workspace, environ: dict[str, str], postgresql_url: str, place: str
) -> None:
    """Killed before or after it had decided: nothing is lost and nothing doubled (N5, fault 1)."""
    with closing(Queue.open(postgresql_url)) as queue:
        queue.put([Job(work=Work.TICK, subject="acme/first", at=LIVE)])
        failpoint = f"operations.tick._tick_programme:{place}"
        killed = subprocess.run(
            [sys.executable, "-c", WORKER, str(live.folder)],
            env={**os.environ, **environ, "CONVENER_FAILPOINT": failpoint},
            check=False,
        )
        with queue.connection() as connection:
            connection.execute(LATER)  # so that nobody waits for the sign of life that does not come
        left = queue.undone({"tick:acme/first"})
        with closing(open_engine(live)) as engine:
            engine.tick()
            sent = engine.deliver().sent
    with live.store.begin() as tx:
        keys = [row.dispatch.key for row in tx.ledger()]

    assert (-9, {"tick:acme/first"}) == (killed.returncode, left)
    assert (len(keys), len(set(keys))) == (sent, sent)
    assert sent > 0
