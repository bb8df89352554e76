"""A year in the life of a daemon with 352 live pods: `python bench/living.py [months]`.

The jobs are those of the daemon, done one after the other on a virtual clock: rules, tick and deliver every hour and
whenever something is due, housekeeping every day. Messages go nowhere, but through the ledger. What is printed is how
much memory the process has at the end of each month.
"""

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import structlog
from table import Bench, Result, seconds, show
from ticking import CLIENTS, EVENING, FIRST, PODS, PROGRAMMES, names, populated, world

from convener.clock import VirtualClock
from convener.daemon.jobs import Jobs
from convener.daemon.record import Record
from convener.engines import open_engine
from convener.model import Parcel, Register
from convener.operations.workspace import Workspace
from convener.ports import Settlement
from convener.registry import Connectors

MONTHS = 12
MONTH = timedelta(days=30)
HOUR = timedelta(hours=1)
APART = timedelta(weeks=8)
"""Between two sessions of a pod, so that six of them make a year."""
MEGABYTE = 1024 * 1024


@dataclass
class Nowhere:
    """A connector that takes everything and keeps nothing."""

    plugin: ClassVar[str] = "nowhere"
    settings: ClassVar[type[object]] = object
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 30.0
    count: int = 0

    def send(self, parcel: Parcel) -> str:
        """Count *parcel*."""
        self.count += 1
        return "nowhere"


def year(months: int = MONTHS) -> Iterator[Result]:
    """Live through *months* and yield the memory at the end of each."""
    with world(CLIENTS, PROGRAMMES) as (opened, clock):
        fill(opened)
        post = Nowhere()
        workspace = replace(opened, connectors=Connectors(dict.fromkeys(opened.connectors.names(), post), {}))
        jobs = Jobs(
            workspace=workspace,
            engine=open_engine(workspace),
            record=Record(clock),
            hurry=lambda job: None,
            is_over=lambda: False,
        )
        for month in range(1, months + 1):
            end, ticks = EVENING + month * MONTH, [0]
            took = seconds(lambda end=end, ticks=ticks: live(jobs, clock, end, ticks))
            assert not jobs.record.failures, dict(jobs.record.failures)
            told = f"{memory():.0f} MB, {post.count:,} messages, {ticks[0]:,} ticks, {took:.0f} s"
            yield Result(f"{CLIENTS * PROGRAMMES * PODS} live pods, month {month}", told, target="< 150 MB, flat")
        jobs.engine.close()


def fill(workspace: Workspace) -> None:
    """Put every programme into the database, its sessions spread over a year."""
    with workspace.store.begin() as tx:
        for client, programme in names(CLIENTS, PROGRAMMES):
            register, went_live = populated(client, programme)
            spread = {
                id_: replace(session, starts=(at := FIRST + APART * (session.number - 1)), ends=at + 2 * HOUR)
                for id_, session in register.sessions.items()
            }
            tx.save(Register(client=client, programme=programme), replace(register, sessions=spread), (went_live,))


def live(jobs: Jobs, clock: VirtualClock, until: datetime, ticks: list[int]) -> None:
    """Do what the daemon does until *until*; count the ticks."""
    day = clock.now().date()
    while clock.now() < until:
        jobs.record.run("rules", jobs.rules)
        again = jobs.record.run("tick", jobs.tick)
        jobs.record.run("deliver", jobs.deliver)
        ticks[0] += 1
        if clock.now().date() != day:
            day = clock.now().date()
            jobs.record.run("housekeeping", jobs.housekeeping)
        clock.move_to(clock.now() + min(HOUR, timedelta(seconds=max(1.0, again if again is not None else 3600.0))))


def memory() -> float:
    """Return the memory this process has at present, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / MEGABYTE


BENCHES: dict[str, Bench] = {"year": lambda: year(MONTHS)}

if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        months = int(sys.argv.pop(1))
        BENCHES["year"] = lambda: year(months)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    sys.exit(show(BENCHES, sys.argv[1:]))
