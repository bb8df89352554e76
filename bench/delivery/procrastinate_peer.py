"""The same messages as Procrastinate tasks on PostgreSQL: `procrastinate_peer.py queue JOBS | work`.

`BENCH_BROKER` is the URL of an empty database, `BENCH_SINK` the port of the sink.
"""

import os
import sys
from pathlib import Path

from jobs import read_jobs
from jobs import send as put_on_the_wire
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

SENDERS = 4
SINK = int(os.environ["BENCH_SINK"])
BROKER = os.environ["BENCH_BROKER"]
app = App(connector=PsycopgConnector(conninfo=BROKER))


@app.task(name="send")
def send(job: str) -> None:
    """Send one message."""
    put_on_the_wire(job, SINK)


def queue(file: Path) -> None:
    """Make the tables and queue every message of *file* in one statement."""
    with app.replace_connector(SyncPsycopgConnector(conninfo=BROKER)) as opened, opened.open():
        opened.schema_manager.apply_schema()
        opened.tasks["send"].batch_defer(*({"job": job} for job in read_jobs(file)))


if __name__ == "__main__":
    if sys.argv[1] == "queue":
        queue(Path(sys.argv[2]))
    else:
        app.run_worker(concurrency=SENDERS)
