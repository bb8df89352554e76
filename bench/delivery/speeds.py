"""How many messages a second: ours through the ledger, the queues with a task each, and a bare loop."""

import statistics
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from contestants import Course, Prepare, bare, course, ours, peers
from cores import WORKER, background, pinned
from table import Bench, Result

PATIENCE = 600.0
"""Seconds after which a queue is given up."""
LOOP = "smtplib loop"
OF_QUEUE, OF_LOOP = 3.0, 0.6
RIVALS = ("procrastinate", "celery")
"""The queues of which the better is to be beaten by so much; huey is shown beside them, and loses what it had when it
is killed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What one run of a contestant took."""

    rate: float
    """Messages a second."""
    work: float = 0.0
    """Microseconds of the processor for each; 0 when its processes are not ours to ask."""


def speeds(count: int, runs: int, *, pipelining: bool) -> Iterator[Result]:
    """Measure everybody *runs* times in turn, on one core each, and yield rates and ratios of the medians."""
    paces: dict[str, list[Pace]] = defaultdict(list)
    with course(pipelining=pipelining) as its:
        for _ in range(runs):
            for name, prepare in {LOOP: bare, **ours()}.items():
                paces[name].append(_timed(its, prepare, count))
            for name, prepare in peers().items():
                paces[name].append(_drained(its, prepare, count))
    rates = {name: statistics.median(each.rate for each in all_of) for name, all_of in paces.items()}
    work = {name: statistics.median(each.work for each in all_of) for name, all_of in paces.items()}
    what = f"{count:,}{'' if pipelining else ', no PIPELINING'}"
    for name in ours():
        yield from _beside(name, what, rates, runs)
        told = f"{work[name]:.0f} us", f"{work[LOOP]:.0f} us", f"{work[LOOP] / work[name]:.2f} x"
        yield Result(f"{name}, processor for each | {LOOP}", *told, runs)


def _beside(name: str, what: str, rates: Mapping[str, float], runs: int) -> Iterator[Result]:
    """Set the rate of one of ours beside each peer's."""
    rivals = [peer for peer in rates if peer.startswith(RIVALS)]
    better = max(rivals, key=lambda peer: rates[peer], default="")
    targets = {LOOP: f">= {OF_LOOP} x", better: f">= {OF_QUEUE:.0f} x"}
    for peer in (each for each in rates if each not in ours()):
        ratio = f"{rates[name] / rates[peer]:.2f} x"
        told = f"{rates[name]:,.0f}/s", f"{rates[peer]:,.0f}/s", ratio
        yield Result(f"{name}, {what} | {peer}", *told, runs, targets.get(peer, ""))


def _timed(its: Course, prepare: Prepare, count: int) -> Pace:
    """Measure a process that times itself, from its first statement to its last."""
    job = prepare(its, count)
    its.sink.clear()
    with pinned(WORKER):
        done = subprocess.run(job.words, check=True, capture_output=True, text=True)
    _check(its, count)
    seconds, work = map(float, done.stdout.split())
    return Pace(count / seconds, work / count * 1_000_000)


def _drained(its: Course, prepare: Prepare, count: int) -> Pace:
    """Measure a worker from its first message at the sink to its last: its start does not count."""
    job = prepare(its, count)
    its.sink.clear()
    with background(job.words, environ=job.environ) as worker:
        its.sink.wait(count, PATIENCE, worker)
    _check(its, count)
    moments = [at for at, _ in its.sink.journal()]
    return Pace((count - 1) / (max(moments) - min(moments)))


def _check(its: Course, count: int) -> None:
    """Raise RuntimeError for a figure of somebody who did not do the whole work once."""
    names = [name for _, name in its.sink.journal()]
    if len(names) != count or len(set(names)) != count:
        raise RuntimeError(f"{len(names)} messages arrived, {len(set(names))} different, of {count}")


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return the tables of this module."""
    count, runs = (500, 1) if quick else (5_000, 3)
    return {
        "speed": partial(speeds, count, runs, pipelining=True),
        "speed-plain": partial(speeds, count, runs, pipelining=False),
    }
