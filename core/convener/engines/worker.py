"""A worker: a thread that does the jobs of the queue one after another, until it is stopped."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job as Kept
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from convener.clock import Clock, SystemClock
from convener.engines.jobs import Job
from convener.engines.queue import CONNECT_WAIT, NAME, TASK

HEARTBEAT = 2.0
"""Seconds between two signs of life of a worker."""
STALLED = 10.0
"""Seconds without one after which its job is put back into the line."""
LOOK = 1.0
"""Seconds after which the queue is looked at although nobody said that something is in it."""
REST = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds until a worker that the database failed begins again, the first time and later."""
CALLED = "convener worker"
"""What its connections are called in the list of the server."""

log = structlog.get_logger("convener.worker")


@dataclass(slots=True)
class Worker:
    """Does what is in the queue at *address*, whoever put it there."""

    address: str
    do: Callable[[Job], None]
    """Does one job; it raises nothing."""
    clock: Clock = field(default_factory=SystemClock)

    _stopping: threading.Event = field(default_factory=threading.Event)
    _changing: threading.Lock = field(default_factory=threading.Lock)
    """Held while the loop comes or goes, so that nobody wakes one that is gone."""
    _wake: Callable[[], object] | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more jobs; the one that is being done goes on."""
        self._stopping.set()
        with self._changing:
            if self._wake:
                self._wake()

    def join(self, seconds: float | None = None) -> None:
        """Wait until the last job is done, no longer than *seconds*; call `stop` before. What hangs is left behind."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        """Work, and begin again whenever the database has failed."""
        failures = 0
        while not self._stopping.is_set():
            began = self.clock.steady()
            try:
                asyncio.run(self._work())
            except asyncio.CancelledError:  # which is how it is stopped, by others or by itself
                pass
            except Exception as error:  # noqa: BLE001 - whatever the library raises, the worker begins again
                log.warning("worker.interrupted", kind=type(error).__name__)
            failures = failures + 1 if self.clock.steady() - began < STALLED else 1
            self.clock.wait(REST[min(failures, len(REST)) - 1], self._stopping)

    async def _work(self) -> None:
        """Do jobs until stopped."""
        loop, mine = asyncio.get_running_loop(), asyncio.current_task()

        def end() -> None:
            if mine:
                loop.call_soon_threadsafe(mine.cancel)

        self._let_wake(end)
        loop.set_exception_handler(_hear)
        told = {"application_name": CALLED}
        pool = PsycopgConnector(conninfo=self.address, kwargs=told, min_size=1, max_size=4, timeout=CONNECT_WAIT)
        app = App(connector=pool)
        app.job_manager = _Manager(pool, end)
        app.task(name=TASK, queue=NAME)(self._do)
        try:
            await app.open_async()
            rescuing = asyncio.create_task(_keep_rescuing(app))
            try:
                await app.run_worker_async(
                    queues=[NAME],
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=LOOK,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=STALLED,
                )
            finally:
                rescuing.cancel()
        finally:
            self._let_wake(None)
            await app.close_async()  # also of what was still being opened: its tasks would keep the loop for ever

    def _let_wake(self, wake: Callable[[], object] | None) -> None:
        """Let `stop` call *wake*; at once when it was quicker."""
        with self._changing:
            self._wake = wake
        if wake and self._stopping.is_set():
            wake()

    async def _do(self, work: str, subject: str, nth: int, at: str) -> None:
        """Do a job in a thread that ends with the process: one of a pool, when it hangs, would keep it from ending."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        job = Job.heard(work=work, subject=subject, nth=nth, at=at)

        def do() -> None:
            try:
                self.do(job)
            finally:
                with suppress(RuntimeError):  # nobody waits any more
                    loop.call_soon_threadsafe(over.set)

        threading.Thread(target=do, name=job.name, daemon=True).start()
        await over.wait()


def _hear(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Note what nobody waited for, without its words: they may name addresses and users."""
    log.warning("worker.interrupted", kind=type(context.get("exception")).__name__)


class _Manager(JobManager):
    """Tells the database of every job that is over, or ends the worker, so that others take the job for left behind.

    Without that the job would be at work, in the books, for as long as the worker lives, and keep the next one out.
    """

    def __init__(self, connector: PsycopgConnector, end: Callable[[], None]) -> None:
        super().__init__(connector)
        self._end = end

    async def finish_job(self, job: Kept, status: Status, delete_job: bool) -> None:
        """Remove the job; when the database fails, end."""
        try:
            await super().finish_job(job, status, delete_job)
        except ConnectorException as error:
            log.warning("worker.interrupted", kind=type(error).__name__)
            self._end()


async def _keep_rescuing(app: App) -> None:
    while True:
        with suppress(ConnectorException):  # the database failed, or another worker was quicker
            await rescue_stalled(app)
        await asyncio.sleep(HEARTBEAT)


async def rescue_stalled(app: App) -> int:
    """Put the jobs of workers without a sign of life back into the line, and return how many there were.

    Procrastinate leaves them as they are; what they were doing on the wire, the leases of the ledger know.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(queue=NAME, seconds_since_heartbeat=STALLED))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job, retry_at=datetime.fromtimestamp(0, UTC))  # by nobody's clock
        except UniqueViolation:  # the same waits in the line already
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    return len(stalled)
