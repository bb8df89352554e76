"""What every bench is made of: a line of the table, a stopwatch, and the table itself."""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    what: str
    ours: str
    peer: str = "-"
    ratio: str = "-"
    runs: int = 1
    target: str = ""


Bench = Callable[[], Iterable[Result]]
"""One bench: run it, and it yields its lines."""


def seconds(task: Callable[[], object]) -> float:
    """Return how long *task* takes."""
    began = perf_counter()
    task()
    return perf_counter() - began


def process(*words: str) -> Callable[[], object]:
    """Return what runs a command, its output thrown away, and fails when it fails."""
    return lambda: subprocess.run(words, check=True, capture_output=True, cwd=tempfile.gettempdir())


def convener() -> str:
    """Return the command of this environment."""
    return str(Path(sys.executable).with_name("convener"))


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def show(benches: dict[str, Bench], wanted: list[str], libraries: Iterable[str] = ()) -> int:
    """Run the benches named, or all, print the table and return the exit code."""
    unknown = [name for name in wanted if name not in benches]
    if unknown:
        sys.stderr.write(f"no bench {', '.join(unknown)}; there are: {', '.join(benches)}\n")
        return 2
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("convener", *libraries))
    command = " ".join(("python", os.path.relpath(sys.argv[0]), *sys.argv[1:]))
    title = f"{command}\n{machine}\n{versions}"
    table = Table("what", "ours", "peer", "ratio", "n", "target", title=title, title_justify="left")
    for name in wanted or benches:
        for result in benches[name]():
            table.add_row(result.what, result.ours, result.peer, result.ratio, str(result.runs), result.target)
            sys.stderr.write(f"{name}: {result.what}: {result.ours}\n")
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return 0
