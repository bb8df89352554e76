"""The same messages as huey tasks in SQLite, fsync on: `huey_peer.py queue JOBS | work`.

`BENCH_BROKER` is the file, `BENCH_SINK` the port of the sink.
"""

import os
import sys
from pathlib import Path

from huey import SqliteHuey
from jobs import read_jobs
from jobs import send as put_on_the_wire

SENDERS = 4
SINK = int(os.environ["BENCH_SINK"])
huey = SqliteHuey(filename=os.environ["BENCH_BROKER"], fsync=True, results=False)


@huey.task()
def send(job: str) -> None:
    """Send one message."""
    put_on_the_wire(job, SINK)


def queue(file: Path) -> None:
    """Queue every message of *file*."""
    for job in read_jobs(file):
        send(job)


if __name__ == "__main__":
    if sys.argv[1] == "queue":
        queue(Path(sys.argv[2]))
    else:
        huey.create_consumer(workers=SENDERS, periodic=False).run()
