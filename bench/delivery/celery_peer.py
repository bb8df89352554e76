"""The same messages as Celery tasks: `celery_peer.py queue JOBS | work`.

`BENCH_BROKER` is `filesystem://FOLDER` or the URL of a Redis, `BENCH_SINK` the port of the sink. A task is
acknowledged when it is done and goes back when its worker dies (`acks_late`, `reject_on_worker_lost`): without that a
killed worker loses what it had, and nothing here could be compared.
"""

import os
import sys
from pathlib import Path

from celery import Celery
from jobs import read_jobs
from jobs import send as put_on_the_wire

SENDERS = "4"
SINK = int(os.environ["BENCH_SINK"])
BROKER = os.environ["BENCH_BROKER"]
FILES = "filesystem://"


def make_app() -> Celery:
    """Return the app for the broker named."""
    folder = BROKER.removeprefix(FILES)
    is_files = BROKER.startswith(FILES)
    made = Celery("celery_peer", broker=FILES if is_files else BROKER)
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": f"{folder}-control"}
    made.conf.update(
        broker_transport_options=options if is_files else {"visibility_timeout": float(os.environ["BENCH_LEASE"])},
        broker_connection_retry_on_startup=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
    )
    return made


app = make_app()


@app.task(name="send")
def send(job: str) -> None:
    """Send one message."""
    put_on_the_wire(job, SINK)


def queue(file: Path) -> None:
    """Queue every message of *file*, over one connection."""
    with app.producer_or_acquire() as producer:
        for job in read_jobs(file):
            send.apply_async((job,), producer=producer)


if __name__ == "__main__":
    if sys.argv[1] == "queue":
        app.control.purge()
        queue(Path(sys.argv[2]))
    else:
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=ERROR")
        app.worker_main(["worker", f"--concurrency={SENDERS}", *quiet])
