"""The crew: three hands that do the jobs of one configuration, so that none of these waits for another.

`decide` looks at rules and ticks, `deliver` sends, `chores` reads rosters and clears up: a backlog of messages keeps
nothing from being decided, and a roster that hangs keeps nothing from being sent.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog

from convener.daemon.hands import Hand
from convener.daemon.jobs import Jobs
from convener.daemon.record import Record
from convener.daemon.rhythms import Work
from convener.engines import Engine
from convener.operations.workspace import Workspace

DRAIN = 60.0
"""Seconds that what is due still has to go out once the daemon was told to end."""
GRACE = 30.0
"""Seconds that a hand has then to finish what it is doing; what hangs is left behind."""

log = structlog.get_logger("convener.daemon")


@dataclass(slots=True, kw_only=True)
class Crew:
    """Works from `start` until `end`."""

    workspace: Workspace
    engine: Engine
    record: Record
    crashed: Callable[[], None]
    """Called when a hand breaks, which no job can make it do."""
    after: Callable[[str], None]
    """Called after each job, with its name, by the hand that did it."""
    grace: float = GRACE
    jobs: Jobs = field(init=False)
    _hands: tuple[Hand, ...] = field(init=False)
    _is_over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Give each hand its jobs."""
        self.jobs = Jobs(
            workspace=self.workspace,
            engine=self.engine,
            record=self.record,
            hurry=self.hurry,
            is_over=self._is_over.is_set,
        )
        rhythm, jobs = self.workspace.settings, self.jobs
        self._hands = (
            self._hand("decide", ("rules", rhythm.rules.as_timedelta(), jobs.rules),
                       ("tick", rhythm.tick.as_timedelta(), jobs.tick)),
            self._hand("chores", ("sync", rhythm.sync.as_timedelta(), jobs.sync),
                       ("housekeeping", rhythm.housekeeping.as_timedelta(), jobs.housekeeping)),
            self._hand("deliver", ("deliver", rhythm.deliver.as_timedelta(), jobs.deliver)),
        )  # fmt: skip

    def _hand(self, name: str, *jobs: tuple[str, timedelta, Work]) -> Hand:
        hand = Hand(name, self.workspace.clock, self.crashed)
        for job, span, work in jobs:
            hand.every(span, job, partial(self._round, job, work))
        return hand

    def _round(self, job: str, work: Work) -> float | None:
        again = self.record.run(job, work)
        self.after(job)
        return again

    def start(self) -> None:
        """Read the rules, then let every hand begin."""
        self._round("rules", self.jobs.rules)
        for hand in self._hands:
            hand.start()

    def hurry(self, job: str) -> None:
        """Have *job* come as soon as its hand has finished what it is doing."""
        for hand in self._hands:
            hand.hurry(job)

    def halt(self) -> None:
        """Let what is on the wire end, and begin nothing new."""
        self.engine.halt()

    def end(self, *, drain: bool) -> list[str]:
        """Let every hand finish what it is doing, with *drain* send what is due, and end.

        Return the names of hands that did not; they hang, and end with the process.
        """
        self._is_over.set()
        decide, chores, deliver = self._hands
        for hand in (decide, chores):
            hand.end()
        left = [hand.name for hand in (decide, chores) if not hand.join(self.grace)]
        limit = threading.Timer(DRAIN if drain else 0.0, self.halt)
        limit.daemon = True
        limit.start()
        deliver.end(last="deliver" if drain else "")
        if not deliver.join(DRAIN + self.grace):
            left.append(deliver.name)
        limit.cancel()
        self.record.run("close", self.engine.close)
        return left
