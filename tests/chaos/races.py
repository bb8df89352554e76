"""Several senders on one ledger, with the lock that lets only one daemon work and without it (faults 5 and 14).

Without the lock they are `convener tick` commands, which take none; the naive sender shows that the rig sees doubles.
"""

import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from subprocess import PIPE, Popen
from time import monotonic

from tests.chaos.commands import LIMIT, ROOT, environment, started
from tests.chaos.world import World

DUE = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When the rows of a race fell due: past for any clock, so that daemons of the present send them too."""
NOW = DUE + timedelta(hours=1)
BUSY = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """How it ended."""

    rows: int
    arrived: int
    """Different messages on the wire."""
    doubled: int
    codes: tuple[int, ...]
    """Exit codes of those who took part."""

    @property
    def is_clean(self) -> bool:
        """Whether every row arrived once."""
        return self.arrived == self.rows and not self.doubled


def ticks(world: World, senders: int, rows: int) -> Race:
    """Let so many `convener tick` commands loose on *rows* at once: nothing but the ledger keeps them apart."""
    world.add(range(rows), due=DUE)
    with ExitStack() as stack:
        words = ("--at", NOW.isoformat(), "tick")
        running = [stack.enter_context(started(world.folder, *words)) for _ in range(senders)]
        return _race(world, rows, tuple(each.wait(LIMIT) for each in running))


def daemons(world: World, senders: int, rows: int) -> Race:
    """Start so many daemons; one works, and those that find it at work are told so."""
    world.add(range(rows), due=DUE)
    with ExitStack() as stack:
        running = [stack.enter_context(started(world.folder, "daemon")) for _ in range(senders)]
        world.journal.wait_for(rows, patience=LIMIT)
        _one_is_left(running)
        for each in running:
            each.terminate()
        return _race(world, rows, tuple(each.wait(LIMIT) for each in running))


def naive(world: World, senders: int, rows: int) -> Race:
    """Let so many naive senders loose."""
    world.add(range(rows), due=DUE)
    command = [sys.executable, "-m", "tests.chaos.naive", world.database, str(world.folder), str(world.port)]
    running = [
        Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT, env=environment(world.folder))
        for _ in range(senders)
    ]
    for each in running:
        assert each.stdout is not None
        each.stdout.readline()
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in running:
        each.communicate(timeout=LIMIT)
    return _race(world, rows, tuple(each.returncode for each in running))


def _one_is_left(running: Sequence[Popen[bytes]]) -> None:
    """Wait until all but one have ended by themselves."""
    ends = monotonic() + LIMIT
    while sum(each.poll() is None for each in running) > 1:
        if monotonic() > ends:
            raise TimeoutError("several daemons work at once")
        threading.Event().wait(0.05)


def _race(world: World, rows: int, codes: tuple[int, ...]) -> Race:
    world.journal.settle()
    counts = world.journal.counts
    return Race(rows=rows, arrived=len(counts), doubled=counts.total() - len(counts), codes=codes)
