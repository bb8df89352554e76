"""The queue of jobs in the database, kept by procrastinate."""

import logging
import threading
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import contextmanager

import psycopg
from procrastinate import SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as Kept
from procrastinate.manager import JobManager

from convener.engines.jobs import URGENCY, Job
from convener.engines.tables import ONE_AT_A_TIME, make_tables
from convener.errors import StoreError

NAME = "convener"
"""What procrastinate calls the one queue that is in these tables."""
TASK = "convener.job"
CALLED = "convener"
"""What its connection is called in the list of the server."""
CONNECT_WAIT = 10
"""Seconds to wait for a PostgreSQL server."""

_WAITING = "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(%s)"
_UNDONE = "SELECT queueing_lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock = ANY(%s)"


class Queue:
    """Jobs to put in, and to ask after. Threads may share it; they use its one connection in turn."""

    def __init__(self, address: str) -> None:
        """Stand for the queue in the database at *address*, as libpq reads it; nothing is opened yet."""
        self._address = address
        self._connection: psycopg.Connection | None = None
        self._using = threading.Lock()
        self._manager = JobManager(SyncPsycopgConnector())

    @classmethod
    def open(cls, address: str) -> "Queue":
        """Open the queue in the database at *address* and make its tables where they are missing.

        Raise StoreError when nothing answers, or the tables are not ours.
        """
        for name in ("procrastinate", "psycopg.pool"):  # they log addresses, users and tracebacks
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        queue = cls(address)
        try:
            with queue.connection() as connection:
                make_tables(connection)
        except BaseException:
            queue.close()
            raise
        return queue

    def put(self, jobs: Iterable[Job]) -> None:
        """Put those of *jobs* at the back of the line whose name does not wait there yet."""
        wanted = {job.name: job for job in jobs}
        while wanted and not self._was_put(wanted):
            pass

    def _was_put(self, wanted: Mapping[str, Job]) -> bool:
        """Put in what is not there; nothing, and False, when a name came in meanwhile and would be there twice."""
        try:
            with self.connection() as connection, connection.transaction():
                connection.execute(ONE_AT_A_TIME)
                there = {name for (name,) in connection.execute(_WAITING, [list(wanted)])}
                fresh = [_kept(job) for name, job in wanted.items() if name not in there]
                if fresh:
                    self._manager.batch_defer_jobs(fresh, connection=connection)
        except AlreadyEnqueued:  # by a worker that put back what a dead one had
            return False
        return True

    def undone(self, names: Collection[str]) -> set[str]:
        """Return those of *names* that wait, or are being done."""
        with self.connection() as connection:
            return {name for (name,) in connection.execute(_UNDONE, [list(names)])}

    @contextmanager
    def connection(self) -> Generator[psycopg.Connection]:
        """Lend the connection, on which each statement is committed; raise StoreError when the database fails."""
        with self._using:
            try:
                yield self._living()
            except (psycopg.Error, ConnectorException) as error:
                raise StoreError(
                    f"the job queue cannot be used ({type(error).__name__})", hint="is the PostgreSQL server running?"
                ) from None

    def _living(self) -> psycopg.Connection:
        """Return the connection, a new one when the server has ended it."""
        if self._connection is not None:
            try:
                self._connection.execute("SELECT 1")
            except psycopg.Error:
                self._connection.close()
            else:
                return self._connection
        self._connection = psycopg.connect(
            self._address, autocommit=True, connect_timeout=CONNECT_WAIT, application_name=CALLED
        )
        return self._connection

    def close(self) -> None:
        """Let go of the connection."""
        with self._using:
            if self._connection is not None:
                self._connection.close()


def _kept(job: Job) -> Kept:
    return Kept(
        queue=NAME,
        task_name=TASK,
        lock=job.name,
        queueing_lock=job.name,
        priority=URGENCY[job.work],
        task_kwargs={**job.told()},
    )
