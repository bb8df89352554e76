"""Clocks that jump under a running process (fault 12), by libfaketime."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.chaos.clocks import FakeClock
from tests.chaos.commands import LIMIT, started
from tests.chaos.disasters import account
from tests.chaos.example import FIRST_TICK, PLANNED
from tests.chaos.verdicts import Deaths, Verdict
from tests.chaos.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """How a daemon took the jumps of its clock."""

    verdict: Verdict
    noticed: int
    """How many jumps it logged."""
    code: int
    """How it ended when it was told to stop."""


def jumps(world: World, by: Sequence[timedelta], rows: int) -> Landing:
    """Let a daemon work while its clock jumps, so many messages falling due after each jump."""
    clock = FakeClock.showing(world.folder / "clock", FIRST_TICK)
    with started(world.folder, "daemon", **clock.environment()) as daemon:
        expected = PLANNED
        world.journal.wait_for(expected, patience=LIMIT)
        for number, jump in enumerate(by):
            world.add(range(number * rows, (number + 1) * rows), due=FIRST_TICK - timedelta(days=1))
            clock.jump(jump)
            daemon.send_signal(signal.SIGHUP)  # which makes it look at the clock at once, and not within a minute
            expected += rows
            world.journal.wait_for(expected, patience=LIMIT)
        daemon.terminate()
        code = daemon.wait(LIMIT)
    said = (world.folder / "said").read_text(encoding="utf-8", errors="replace")
    return Landing(verdict=account(world, Deaths()), noticed=said.count("clock.jumped"), code=code)
