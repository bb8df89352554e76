"""Figures, beside their peers, in one run: `make bench`, or `python bench/run.py [WHAT…]`.

Each figure is the median of n runs; ours and the peer's alternate, so that a busy machine slows both.
Ratios count, absolute times belong to the machine printed above them. Nothing here is asserted by a test.
"""

import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import checking
import clauses
import deciding
import inserting
import simulating
import ticking
from table import Bench, Result, convener, folder, process, seconds, show

from convener.clock import VirtualClock
from convener.operations import dates, pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

ROOT = Path(__file__).parents[1]
CLIENT = "northern-health"
SCOPE = f"{CLIENT}/primary-care"
OPENING = datetime(2026, 11, 30, 9, tzinfo=UTC)
LIBRARIES = ("typer", "rich", "sqlalchemy", "ortools", "pydantic")
MEGABYTE = 1_000_000


def start_up(runs: int = 15) -> Iterator[Result]:
    """Time the help page against importing the two libraries it is made with."""
    ours, peer = process(convener(), "--help"), process(sys.executable, "-c", "import typer, rich")
    ours(), peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    what, target = "convener --help | import typer, rich", "< 0.35 s, < 3 x"
    yield Result(what, f"{mine:.3f} s", f"{theirs:.3f} s", f"{mine / theirs:.2f} x", runs, target)


@contextmanager
def northern() -> Iterator[tuple[Workspace, VirtualClock]]:
    """Yield a workspace with the northern roster read in, on a clock of its own."""
    with folder() as place:
        initialise(place / "w", example=CLIENT)
        clock = VirtualClock(OPENING)
        workspace = open_workspace(place / "w", clock=clock, environ={})
        try:
            sync(workspace, CLIENT)
            yield workspace, clock
        finally:
            workspace.close()


def forming(runs: int = 5) -> Iterator[Result]:
    """Time pods for forty people in five regions, proved and explained."""
    with northern() as (workspace, _):
        times = [seconds(lambda: pods.propose(workspace, SCOPE)) for _ in range(runs)]
    yield Result("pods propose, 40 people", f"{statistics.median(times):.2f} s", runs=runs, target="< 10 s")


def agreeing(runs: int = 3) -> Iterator[Result]:
    """Time nine dates for each of five pods."""
    with northern() as (workspace, _):
        pods.propose(workspace, SCOPE)
        pods.accept(workspace, SCOPE)
        times = [seconds(lambda: dates.propose(workspace, SCOPE)) for _ in range(runs)]
    yield Result("dates propose, 45 sessions", f"{statistics.median(times):.2f} s", runs=runs)


def living(runs: int = 40) -> Iterator[Result]:
    """Time ticks over the live programme, each at a moment when something falls due, rendering included."""
    times: list[float] = []
    with northern() as (workspace, clock):
        for room in (pods, dates):
            room.propose(workspace, SCOPE)
            room.accept(workspace, SCOPE)
        go(workspace, SCOPE)
        planned = len(tick(workspace).planned)  # the first one invites everybody; it is no ordinary tick
        while len(times) < runs:
            began = perf_counter()
            report = tick(workspace)
            times.append(perf_counter() - began)
            planned += len(report.planned)
            clock.move_to(max(report.next_due or OPENING, clock.now() + timedelta(seconds=1)))
    quick = f"{statistics.median(times):.3f} s, slowest {max(times):.3f} s"
    yield Result(f"tick, live programme ({planned} planned)", quick, runs=runs, target="< 0.2 s")


def playing(runs: int = 1) -> Iterator[Result]:
    """Time the whole demo, as a process."""
    with folder() as place:
        times = [seconds(process(convener(), "demo", str(place / f"demo-{run}"))) for run in range(runs)]
    yield Result("convener demo, a year", f"{statistics.median(times):.1f} s", runs=runs, target="< 60 s")


def installing() -> Iterator[Result]:
    """Weigh an environment with nothing but the core, against an empty one."""
    uv = shutil.which("uv") or str(ROOT / ".venv" / "tool" / "bin" / "uv")
    with folder() as place:
        python = place / "venv" / "bin" / "python"
        process(sys.executable, "-m", "venv", "--without-pip", str(place / "venv"))()
        process(uv, "pip", "install", "--quiet", "--link-mode", "copy", "--python", str(python), str(ROOT))()
        installed = list((place / "venv" / "lib").rglob("*"))
        size = sum(path.stat().st_size for path in installed if path.is_file() and not path.is_symlink())
    yield Result("core install, no extras", f"{size / MEGABYTE:.0f} MB", target="< 250 MB")


BENCHES: dict[str, Bench] = {
    "help": start_up,
    "pods": forming,
    "dates": agreeing,
    "tick": living,
    "demo": playing,
    "size": installing,
    **clauses.BENCHES,
    **deciding.BENCHES,
    **inserting.BENCHES,
    **ticking.BENCHES,
    **checking.BENCHES,
    **simulating.BENCHES,
}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:], (*LIBRARIES, *clauses.LIBRARIES)))
