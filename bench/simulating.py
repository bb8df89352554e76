"""Rehearsing a year of the northern example: `python bench/simulating.py`, or as rows of `bench/run.py`.

The programme is live, with its pods and dates; forty people answer, send registers and leave as a seed has it.
Everything counts that `convener simulate` does: reading, deciding, the digest and the picture.
"""

import statistics
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction

from table import Result, convener, folder, process, seconds, show

from convener.clock import VirtualClock
from convener.operations import dates, pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.simulate import Simulation, Wish, simulate, write_picture
from convener.operations.sync import sync
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

CLIENT = "northern-health"
SCOPE = f"{CLIENT}/primary-care"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
WISH = Wish(
    since=LIVE,
    until=datetime(2028, 1, 31, tzinfo=UTC),
    drop_outs=Fraction(5, 100),
    secondments=Fraction(5, 100),
)


@contextmanager
def live() -> Generator[Workspace]:
    """Yield a workspace whose programme has just gone live."""
    with folder() as place:
        initialise(place / "w", example=CLIENT)
        workspace = open_workspace(place / "w", clock=VirtualClock(LIVE), environ={})
        try:
            sync(workspace, CLIENT)
            for room in (pods, dates):
                room.propose(workspace, SCOPE)
                room.accept(workspace, SCOPE)
            go(workspace, SCOPE)
            yield workspace
        finally:
            workspace.close()


def simulating(runs: int = 3) -> Iterator[Result]:
    """Time a year, its picture, and the whole command."""
    with live() as workspace:
        found: list[Simulation] = []
        times = [seconds(lambda: found.append(simulate(workspace, SCOPE, WISH))) for _ in range(runs)]
        messages = sum(1 for _ in found[0].dispatches)
        what = f"simulate, 14 months, {messages} messages"
        yield Result(what, f"{statistics.median(times):.2f} s", runs=runs, target="a few seconds")
        page = workspace.folder / "year.html"
        times = [seconds(lambda: write_picture(workspace, page, found[0])) for _ in range(runs)]
        yield Result("its page and calendar", f"{statistics.median(times):.2f} s", runs=runs)
        span = ("--from", "2026-12-07T09:00", "--to", "2028-01-31")
        command = process(convener(), "-w", str(workspace.folder), "simulate", SCOPE, *span)
        times = [seconds(command) for _ in range(runs)]
        yield Result("convener simulate, a year, whole process", f"{statistics.median(times):.2f} s", runs=runs)


if __name__ == "__main__":
    sys.exit(show({"simulate": simulating}, sys.argv[1:], ("sqlalchemy",)))
