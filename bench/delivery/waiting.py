"""How long a dispatch waits once it is due: a living daemon, and dispatches that fall due at random moments."""

import random
import statistics
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from contestants import Course, course, daemon_of
from cores import background
from postgresql_server import new_database
from table import Bench, Result
from workload import SQLITE, fill, make_workspace

from convener.runtime import open_workspace

START = 10.0
"""Seconds a daemon gets to start before the first falls due."""
A_SECOND = 10
"""How many fall due in each."""
PATIENCE = 120.0


def waits(seconds: int) -> Iterator[Result]:
    """Measure on both databases."""
    with course() as its:
        for name in ("SQLite", "PostgreSQL"):
            late = sorted(_measure(its, name, seconds))
            middle, worst = statistics.median(late), late[-1]
            told = f"p50 {middle:.2f} s, p99 {late[int(len(late) * 0.99)]:.2f} s, worst {worst:.2f} s"
            what = f"due to sent, daemon on {name}, {len(late)} at {A_SECOND} a second"
            yield Result(what, told, target="p99 <= 1 s")


def _measure(its: Course, name: str, seconds: int) -> list[float]:
    """Return for each dispatch the seconds between its due moment and its arrival at the sink."""
    database = SQLITE if name == "SQLite" else new_database(its.postgresql)
    folder = make_workspace(its.fresh() / "w", port=its.sink.port, database=database)
    dice = random.Random(1)  # noqa: S311 - a bench needs the same dice every time
    workspace = open_workspace(folder, environ={})
    began = workspace.clock.now() + timedelta(seconds=START)
    dues = [began + timedelta(seconds=dice.uniform(0, seconds)) for _ in range(seconds * A_SECOND)]
    fill(workspace, its.dispatch, its.parcel, dues)
    workspace.close()
    its.sink.clear()
    with background(daemon_of(folder)) as worker:
        its.sink.wait(len(dues), START + seconds + PATIENCE, worker)
    arrived = {name: at for at, name in its.sink.journal()}
    assert len(arrived) == len(dues), f"{len(arrived)} of {len(dues)} arrived"
    return [arrived[f"<person-{number:06}@bench.example>"] - due.timestamp() for number, due in enumerate(dues)]


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return the tables of this module."""
    return {"wait": partial(waits, 15 if quick else 60)}
