"""A morning on which 2,450 people of 350 pods are reminded: decided, rendered, written down and sent.

`draining.py PORT DATABASE PODS`: makes that world in a workspace of its own and prints, as JSON, how many dispatches
were planned and the seconds that planning and sending took.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import ticking
from contestants import Course, course
from cores import WORKER, pinned
from postgresql_server import new_database
from table import Bench, Result
from workload import SQLITE, make_workspace

from convener.clock import VirtualClock
from convener.model import Register
from convener.operations.delivery import deliver
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

PROGRAMMES, PODS, SEATS = 5, 10, 7
"""Of one client; seven clients have 350 pods and 2,450 people."""
CLIENTS = 7


def drained(clients: int, runs: int) -> Iterator[Result]:
    """Measure the whole morning on both databases."""
    with course() as its:
        for name in ("SQLite", "PostgreSQL"):
            measured = [_measure(its, clients, name) for _ in range(runs)]
            planned, sent = measured[0]["planned"], measured[0]["sent"]
            tick_took = statistics.median(each["tick"] for each in measured)
            whole = statistics.median(each["tick"] + each["deliver"] for each in measured)
            what = f"{clients * PROGRAMMES * PODS} pods of {SEATS}, {name}: {planned:,} planned, {sent:,} sent"
            told = f"{whole:.2f} s, {tick_took:.2f} s of it planning"
            yield Result(what, told, runs=runs, target="<= 5 s")


def _measure(its: Course, clients: int, name: str) -> dict[str, Any]:
    database = SQLITE if name == "SQLite" else new_database(its.postgresql)
    with pinned(WORKER):
        words = [sys.executable, __file__, str(its.sink.port), database, str(clients)]
        its.sink.clear()
        measured = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    assert its.sink.count() == measured["sent"], "not everything arrived once"
    return dict(measured)


def main(port: int, database: str, clients: int) -> None:
    """Make the world, let the morning come and say what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = make_workspace(Path(name) / "w", port=port, database=database)
        rulesets = folder / "rulesets"
        for file in rulesets.glob("*.toml"):
            file.unlink()
        for number in range(clients):
            ticking.write_client(rulesets, f"client-{number}", PROGRAMMES)
        clock = VirtualClock(ticking.EVENING)
        workspace = open_workspace(folder, clock=clock, environ={})
        try:
            _populate(workspace, clients)
            tick(workspace)
            clock.move_to(ticking.MORNING)
            _spend(workspace)
        finally:
            workspace.close()


def _populate(workspace: Workspace, clients: int) -> None:
    workspace.rules.reload()
    with workspace.store.begin() as tx:
        for client, programme in ticking.names(clients, PROGRAMMES):
            after, live = ticking.populated(client, programme, PODS, SEATS)
            tx.save(Register(client=client, programme=programme), after, (live,))


def _spend(workspace: Workspace) -> None:
    began = perf_counter()
    planned = len(tick(workspace).planned)
    ticked = perf_counter()
    sent = deliver(workspace).sent
    took = {"tick": ticked - began, "deliver": perf_counter() - ticked}
    print(json.dumps({"planned": planned, "sent": sent, **took}))


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return the tables of this module."""
    clients, runs = (1, 1) if quick else (CLIENTS, 3)
    return {"drain": partial(drained, clients, runs)}


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
