"""What the daemon knows of its own work: who is at what since when, what failed, what went well."""

import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

import structlog

from convener.clock import Clock
from convener.errors import HeldError, StoreError

LONGEST_BACKOFF = 60.0
"""Seconds between two tries to reach a database that is gone, in the end."""

log = structlog.get_logger("convener.daemon")


class Record:
    """Kept by every thread of the daemon at once, for its log, its health and its figures."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._busy: dict[str, float] = {}
        self._in_row: dict[str, int] = {}
        self._failed: Counter[str] = Counter()
        self._good: dict[str, datetime] = {}
        self.held = False
        """Whether nothing may go out until a person says so."""

    def run(self, job: str, work: Callable[[], float | None]) -> float | None:
        """Run *work*; whatever it raises is noted and stops nothing else (P14).

        Return the seconds after which it wants to come again before its rhythm says so, None for no such wish.
        """
        try:
            with self._at_work(job):
                again = work()
        except HeldError:
            self._hold()
        except Exception as error:  # noqa: BLE001 - a job must never take the daemon with it
            return self._backoff(error, self.failed(job, type(error).__name__))
        else:
            self.well(job)
            return again
        return None

    def failed(self, job: str, kind: str) -> int:
        """Note that *job* failed by an error of *kind*, and return how often it has in a row.

        The log has the first, second, fourth, eighth … failure, so that a long night does not fill a disk.
        """
        with self._lock:
            self._failed[job] += 1
            count = self._in_row[job] = self._in_row.get(job, 0) + 1
        if count & (count - 1) == 0:
            log.error("job.failed", job=job, kind=kind, in_row=count)
        return count

    def well(self, job: str) -> None:
        """Note that *job* went well."""
        with self._lock:
            self._good[job] = self._clock.now()
            count = self._in_row.pop(job, 0)
        if count:
            log.info("job.recovered", job=job, in_row=count)
        if self.held and job == "tick":
            self.held = False
            log.info("daemon.released")

    def went_on(self, job: str) -> None:
        """Note that *job* is getting on with its work, however long all of it takes."""
        with self._lock:
            if job in self._busy:
                self._busy[job] = self._clock.steady()

    def stuck(self, longest: float) -> list[str]:
        """Return the jobs that have been at the same work for more than *longest* seconds."""
        now = self._clock.steady()
        with self._lock:
            return sorted(job for job, since in self._busy.items() if now - since > longest)

    @property
    def in_row(self) -> Mapping[str, int]:
        """The jobs that fail, and how often in a row."""
        with self._lock:
            return dict(self._in_row)

    @property
    def failures(self) -> Mapping[str, int]:
        """How often each job failed since the daemon began."""
        with self._lock:
            return dict(self._failed)

    @property
    def good(self) -> Mapping[str, datetime]:
        """When each job last went well."""
        with self._lock:
            return dict(self._good)

    @contextmanager
    def _at_work(self, job: str) -> Generator[None]:
        with self._lock:
            self._busy[job] = self._clock.steady()
        try:
            yield
        finally:
            with self._lock:
                del self._busy[job]

    def _hold(self) -> None:
        if not self.held:
            self.held = True
            log.error("daemon.held")

    @staticmethod
    def _backoff(error: Exception, count: int) -> float | None:
        """Come back soon to a database that is gone, and ever later; to anything else as the rhythm says."""
        return min(LONGEST_BACKOFF, 2.0 ** min(count - 1, 10)) if isinstance(error, StoreError) else None
