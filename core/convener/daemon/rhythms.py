"""How often a job of the daemon runs; `schedule` keeps the time."""

from collections.abc import Callable
from datetime import timedelta

import schedule

Work = Callable[[], float | None]
"""Does a job; returns the seconds after which it wants to come again before its rhythm, None for no such wish."""


class Rhythm:
    """One job that comes round, for the first time at once.

    `schedule` goes by the local wall clock, which is set forward and back, by people and by law. So only differences
    to it are used, and `idle` is set again after each wait to what has really passed.
    """

    def __init__(self, every: timedelta, work: Work) -> None:
        """Let *work* come round *every* so often, no oftener than once a second."""
        self._work = work
        self._wish: float | None = None
        self._scheduler = schedule.Scheduler()
        self._job = self._scheduler.every(max(1, int(every.total_seconds()))).seconds.do(self._once)
        self.idle = 0.0

    @property
    def idle(self) -> float:
        """Seconds until the job is due; zero when it is."""
        return max(0.0, self._scheduler.idle_seconds or 0.0)

    @idle.setter
    def idle(self, seconds: float) -> None:
        now = self._scheduler.idle_seconds or 0.0
        if self._job.next_run is not None:
            self._job.next_run += timedelta(seconds=seconds - now)

    def hasten(self, seconds: float = 0.0) -> None:
        """Let the job come in *seconds* at the latest."""
        self.idle = min(self.idle, max(0.0, seconds))

    def run_if_due(self) -> None:
        """Run the job when it is due; then it comes again after its whole rhythm, or as soon as it wants to."""
        self._scheduler.run_pending()
        wish, self._wish = self._wish, None
        if wish is not None:
            self.hasten(wish)

    def _once(self) -> None:
        self._wish = self._work()
