"""A worker: it does what waits, outlives its database, and puts back what the dead left."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from procrastinate import App, PsycopgConnector

from convener.clock import SystemClock
from convener.engines.jobs import Job, Work
from convener.engines.queue import NAME, Queue
from convener.engines.worker import CALLED, Worker, rescue_stalled

pytestmark = pytest.mark.integration
CAP = 60.0
"""Seconds after which a test that waits gives up; nothing is asserted about how long it takes."""
TICK = Job(work=Work.TICK, subject="acme/first")
LATER = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"


@pytest.fixture
def queue(postgresql_url: str) -> Iterator[Queue]:
    """Give an empty queue."""
    with closing(Queue.open(postgresql_url)) as queue:
        yield queue


@pytest.fixture
def start(postgresql_url: str, queue: Queue) -> Iterator[Callable[[Callable[[Job], None]], Worker]]:
    """Start workers, and stop them afterwards."""
    started: list[Worker] = []

    def begin(do: Callable[[Job], None]) -> Worker:
        started.append(Worker(postgresql_url, do))
        started[-1].start()
        return started[-1]

    yield begin
    for worker in started:
        worker.stop()
    for worker in started:
        worker.join()


def _until(true: Callable[[], bool]) -> None:
    """Wait until something is *true*."""
    clock, never = SystemClock(), threading.Event()
    ends = clock.steady() + CAP
    while not true():
        assert clock.steady() < ends
        clock.wait(0.01, never)


def test_it_does_what_waits_and_what_comes(start: Callable[..., Worker], queue: Queue) -> None:
    """In the order of the queue, and what is done is gone."""
    queue.put([Job(work=Work.SYNC, subject="acme"), TICK])
    done: list[str] = []
    start(lambda job: done.append(job.name))
    _until(lambda: 2 == len(done))
    queue.put([Job(work=Work.HOUSEKEEPING)])
    _until(lambda: not queue.undone({TICK.name, "sync:acme", "housekeeping:"}))

    assert [TICK.name, "sync:acme", "housekeeping:"] == done


def test_two_share_the_work(start: Callable[..., Worker], queue: Queue) -> None:
    """While one is at a job, the other takes the next."""
    together = threading.Barrier(2)
    for _ in range(2):
        start(lambda _: together.wait(CAP) and None)
    jobs = [Job(work=Work.DELIVER, subject="acme/mail", nth=nth) for nth in (1, 2)]
    queue.put(jobs)
    _until(lambda: not queue.undone({job.name for job in jobs}))

    assert not together.broken


def test_one_of_a_name_is_done_at_a_time(start: Callable[..., Worker], queue: Queue) -> None:
    """What falls due while a programme is decided waits until that is over, however many workers idle."""
    busy, most, done, going = [], [], [], threading.Event()

    def do(job: Job) -> None:
        busy.append(job)
        most.append(len(busy))
        going.set()
        SystemClock().wait(0.2, threading.Event())
        busy.remove(job)
        done.append(job)

    start(do)
    start(do)
    queue.put([TICK])
    assert going.wait(CAP)
    queue.put([TICK])
    _until(lambda: 2 == len(done))

    assert [1, 1] == most


def test_it_stops_after_the_job_it_is_at(start: Callable[..., Worker], queue: Queue) -> None:
    """What it has begun is ended, and nothing more is taken."""
    going, done = threading.Event(), []

    def do(job: Job) -> None:
        going.set()
        SystemClock().wait(0.2, threading.Event())
        done.append(job)

    queue.put([TICK, Job(work=Work.SYNC, subject="acme")])
    worker = start(do)
    assert going.wait(CAP)
    worker.stop()
    worker.join()

    assert ([TICK], {"sync:acme"}) == (done, queue.undone({TICK.name, "sync:acme"}))


def test_it_outlives_its_connections(start: Callable[..., Worker], queue: Queue, postgresql_url: str) -> None:
    """When the database goes and comes back, the work goes on (fault 12)."""
    done: list[Job] = []
    start(done.append)
    queue.put([TICK])
    _until(lambda: 1 == len(done))
    with queue.connection() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [CALLED],
        )
    queue.put([TICK])
    _until(lambda: 2 == len(done))


@pytest.mark.parametrize("waits", [False, True])
def test_what_a_dead_worker_had_is_put_back(queue: Queue, postgresql_url: str, waits: bool) -> None:
    """Once, also when the same waits in the line already; what a living one has stays with it (N5)."""

    async def rescue() -> tuple[int, int]:
        app = App(connector=PsycopgConnector(conninfo=postgresql_url, min_size=1, max_size=2))
        async with app.open_async():
            await app.job_manager.fetch_job([NAME], await app.job_manager.register_worker())
            living = await rescue_stalled(app)
            await app.connector.execute_query_async(LATER)
            if waits:
                queue.put([TICK])
            return living, await rescue_stalled(app)

    queue.put([TICK])
    found = asyncio.run(rescue())
    with queue.connection() as connection:
        left = connection.execute("SELECT queueing_lock, status::text FROM procrastinate_jobs").fetchall()

    assert ((0, 1), [(TICK.name, "todo")]) == (found, left)
