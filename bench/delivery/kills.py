"""What is missing after kills: a worker is killed ten times in 1,500 messages, and started again each time.

Ours is the daemon. Everybody is killed with SIGKILL, children and all, whenever another eleventh has arrived; then the
last one works undisturbed until a lease and a second are over: the longest of ours, the same for everybody. A message
that arrived twice carries the same Message-ID, by which mail servers and readers know it; it is counted as `again`.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from contestants import Course, Job, Prepare, course, lease, ours, peers
from cores import background, pause, refuse_dead
from sink import Sink, running_sink
from table import Bench, Result

STUCK = 20.0
"""Seconds without a message after which a worker is killed all the same."""
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class Survivor:
    """One contestant after its last kill, at work again."""

    sink: Sink
    worker: subprocess.Popen[bytes]
    count: int
    since: float
    """Seconds since 1970 at the last kill."""

    def __str__(self) -> str:
        came = self.sink.journal()
        missing = self.count - len({name for _, name in came})
        whole = "" if missing else f", whole {max(at for at, _ in came) - self.since:.0f} s after the last kill"
        return f"{missing} missing{whole}; {missing + len(came) - self.count} again"

    @property
    def is_whole(self) -> bool:
        """Whether everything has arrived."""
        return len({name for _, name in self.sink.journal()}) == self.count


def survivals(count: int, kills: int) -> Iterator[Result]:
    """Kill everybody, let them all recover at the same time, and yield what is missing."""
    with ExitStack() as stack:
        its = stack.enter_context(course())
        mine, theirs = ours(daemon=True), peers()
        survivors = {name: _kill(stack, its, prepare, count, kills) for name, prepare in {**mine, **theirs}.items()}
        allowed = lease(its) + GRACE
        for name, survivor in survivors.items():
            refuse_dead(survivor.worker)
            while not survivor.is_whole and its.clock.now().timestamp() < survivor.since + allowed:
                pause(0.2)
            what = f"{kills} kills in {count:,}, {allowed:.0f} s later: {name}"
            told = str(survivor)
            yield Result(what, *((told, "-") if name in mine else ("-", told)), target="0 missing" * (name in mine))


def _kill(stack: ExitStack, its: Course, prepare: Prepare, count: int, kills: int) -> Survivor:
    """Kill one contestant again and again, and leave it at work until *stack* ends; it has a sink of its own."""
    alone = replace(its, sink=stack.enter_context(running_sink(its.fresh())))
    job: Job = prepare(alone, count)
    for number in range(1, kills + 1):
        with background(job.words, environ=job.environ) as worker:
            _wait(alone.sink, worker, count * number // (kills + 1))
    since = its.clock.now().timestamp()
    return Survivor(alone.sink, stack.enter_context(background(job.words, environ=job.environ)), count, since)


def _wait(sink: Sink, worker: subprocess.Popen[bytes], wanted: int) -> None:
    """Wait until so many have arrived, or nothing has for a while."""
    before, since = sink.count(), time.monotonic()
    while (there := sink.count()) < wanted and time.monotonic() < since + STUCK:
        if there > before:
            before, since = there, time.monotonic()
        refuse_dead(worker)
        pause(0.002)


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return the tables of this module."""
    count, kills = (300, 2) if quick else (1_500, 10)
    return {"kills": partial(survivals, count, kills)}
