"""A hand of the daemon: one thread, with jobs that come round, one after the other."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from convener.clock import Clock
from convener.daemon.rhythms import Rhythm, Work

LONGEST_WAIT = 60.0
"""Seconds after which everybody looks at the clock again, whatever the rhythms say."""


@dataclass(slots=True)
class Hand:
    """What one hand waits for keeps no other one waiting."""

    name: str
    clock: Clock
    crashed: Callable[[], None]
    """Called when the hand itself breaks, which no job can make it do."""
    _rhythms: dict[str, Rhythm] = field(default_factory=dict)
    _wake: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hurried: set[str] = field(default_factory=set)
    _is_over: bool = False
    _last: str = ""
    _thread: threading.Thread | None = None

    def every(self, span: timedelta, job: str, work: Work) -> None:
        """Let *job* come round, for the first time at once; *work* raises nothing."""
        self._rhythms[job] = Rhythm(span, work)

    def hurry(self, *jobs: str) -> None:
        """Let those of *jobs* that are its own come as soon as it has finished what it is doing."""
        own = self._rhythms.keys() & set(jobs)
        if own:
            with self._lock:
                self._hurried |= own
            self._wake.set()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._guarded, name=self.name, daemon=True)
        self._thread.start()

    def end(self, last: str = "") -> None:
        """Let it end after what it is doing, and after the job *last*."""
        with self._lock:
            self._is_over, self._last = True, last
        self._wake.set()

    def join(self, seconds: float) -> bool:
        """Wait until it has ended, but no longer than *seconds*; tell whether it has."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _guarded(self) -> None:
        try:
            self._live()
        except BaseException:
            self.crashed()
            raise

    def _live(self) -> None:
        while not self._is_over:
            for job, rhythm in self._rhythms.items():
                self._heed(job)
                if not self._is_over:
                    rhythm.run_if_due()
            self._wait()
        if self._last:
            self._rhythms[self._last].hasten()
            self._rhythms[self._last].run_if_due()

    def _heed(self, job: str) -> None:
        """Let *job* be due now when it is hurried."""
        with self._lock:
            if job in self._hurried:
                self._hurried.remove(job)
                self._rhythms[job].hasten()

    def _wait(self) -> None:
        """Wait for the next job, for a hurry or for the end; however the clock is set meanwhile, no rhythm moves."""
        with self._lock:
            if self._is_over or self._hurried:
                return
            self._wake.clear()
        idle = {job: rhythm.idle for job, rhythm in self._rhythms.items()}
        began = self.clock.steady()
        self.clock.wait(min(LONGEST_WAIT, *idle.values()), self._wake)
        passed = self.clock.steady() - began
        for job, rhythm in self._rhythms.items():
            rhythm.idle = max(0.0, idle[job] - passed)
