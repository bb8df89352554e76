"""Jobs in the queue."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from convener.engines.jobs import Job, Work
from convener.engines.queue import Queue
from convener.errors import StoreError

pytestmark = pytest.mark.integration
TICK = Job(work=Work.TICK, subject="acme/first")
KEPT = "SELECT queueing_lock, args FROM procrastinate_jobs ORDER BY priority DESC, id"


@pytest.fixture
def queue(postgresql_url: str) -> Iterator[Queue]:
    """Give an empty queue."""
    with closing(Queue.open(postgresql_url)) as queue:
        yield queue


def _names(queue: Queue) -> list[str]:
    with queue.connection() as connection:
        return [name for name, _ in connection.execute(KEPT)]


def test_a_job_waits_once(queue: Queue) -> None:
    """Whoever puts it in again changes nothing, and what is new among others gets in."""
    queue.put([TICK])
    queue.put([TICK, Job(work=Work.TICK, subject="acme/second"), TICK])

    assert ["tick:acme/first", "tick:acme/second"] == _names(queue)


def test_many_may_put_in_the_same_at_once(queue: Queue) -> None:
    """No caller fails because another one was quicker."""
    jobs = [Job(work=Work.DELIVER, subject=f"acme/{nth}") for nth in range(20)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(queue.put, [jobs, jobs[::-1], jobs, jobs[5:]]))

    assert sorted(job.name for job in jobs) == sorted(_names(queue))


def test_the_most_urgent_goes_first(queue: Queue) -> None:
    """Ticks before deliveries before rosters, however long the others have waited."""
    queue.put(Job(work=work, subject="acme") for work in reversed(Work))

    assert ["tick:acme", "deliver:acme", "sync:acme", "housekeeping:acme"] == _names(queue)


def test_what_is_undone_is_told(queue: Queue) -> None:
    """By name, whether or not somebody has begun."""
    queue.put([TICK])
    with queue.connection() as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    assert {TICK.name} == queue.undone({TICK.name, "tick:acme/other"})


def test_a_job_that_is_being_done_may_wait_again(queue: Queue) -> None:
    """What falls due meanwhile is not lost."""
    queue.put([TICK])
    with queue.connection() as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    queue.put([TICK])

    assert [TICK.name] * 2 == _names(queue)


def test_nothing_personal_is_kept(queue: Queue) -> None:
    """A job holds names of programmes, clients and connectors, a number and a moment (P14)."""
    queue.put([TICK])
    with queue.connection() as connection:
        kept = [args for _, args in connection.execute(KEPT)]

    assert [{"work": "tick", "subject": "acme/first", "nth": 1, "at": ""}] == kept


def test_a_connection_that_was_ended_is_made_anew(queue: Queue, postgresql_url: str) -> None:
    """Nobody who asks hears of it (fault 12)."""
    with queue.connection() as connection:
        mine = connection.info.backend_pid
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [mine])
    queue.put([TICK])

    assert [TICK.name] == _names(queue)


def test_a_job_that_comes_in_meanwhile_stands_in_nobodys_way(queue: Queue, postgresql_url: str) -> None:
    """A worker that puts back what a dead one had asks nobody."""
    queue.put([TICK])
    with psycopg.connect(postgresql_url) as other, ThreadPoolExecutor(1) as pool:
        other.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        other.commit()
        other.execute("UPDATE procrastinate_jobs SET status = 'todo'")  # seen by nobody until it is committed
        putting = pool.submit(queue.put, [TICK, Job(work=Work.SYNC, subject="acme")])
        other.commit()
        putting.result()

    assert [TICK.name, "sync:acme"] == _names(queue)


def test_a_database_that_does_not_answer_is_told_in_words() -> None:
    """Without its address, which may hold a password."""
    with pytest.raises(StoreError) as caught:
        Queue.open("postgresql://ana:s3cret@127.0.0.1:1/none")

    assert "s3cret" not in f"{caught.value} {caught.value.hint}"
    assert "PostgreSQL" in caught.value.hint
