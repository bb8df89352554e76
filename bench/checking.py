"""Checking rule files: `python bench/checking.py`, or as rows of `bench/run.py`.

One client is timed as a whole process, less what the interpreter and the imports take; two hundred clients as a
person would wait for them, imports and all. What the daemon pays to look whether anything changed stands beside them.
"""

import statistics
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from table import Bench, Result, convener, folder, process, seconds, show

from convener.operations.initialise import initialise
from convener.operations.rules import RuleBook
from convener.settings import load_settings

CLIENT = "northern-health"
MANY = 200
IMPORTS = "import convener.cli.check, convener_files, convener_outbox, convener_reports"
"""What a check of the example loads before it reads a rule file."""
OWN = """
[rules.gap-{number}]
kind = "session-gap"
flexibility = "flexible"
weight = {number}
min = "14 days"
max = "60 days"

[automations.note-{number}]
on = "{days} working days before session.starts, at 09:00"
for_each = "participant"
when = ["participant.active", "session.number > {session}", "session.status == 'confirmed'"]
do = {{ send = "reminder", via = ["email"] }}
"""
"""What every generated client says beside the example's own rules, so that no two files are alike."""


@contextmanager
def workspace(clients: int = 1) -> Generator[Path]:
    """Yield a workspace with the example client, and as many more made from it."""
    with folder() as place:
        initialise(place / "w", example=CLIENT)
        rules = place / "w" / "rulesets"
        text = (rules / f"{CLIENT}.toml").read_text(encoding="utf-8")
        for number in range(1, clients):
            own = OWN.format(number=number, days=number % 9 + 1, session=number % 5)
            (rules / f"client-{number:03}.toml").write_text(text + own, encoding="utf-8")
        yield place / "w"


def one(runs: int = 9) -> Iterator[Result]:
    """Time a check of one client with its pack, beyond the interpreter and the imports."""
    with workspace() as place:
        whole, bare = process(convener(), "-w", str(place), "check", CLIENT), process(sys.executable, "-c", IMPORTS)
        whole()
        bare()
        pairs = [(seconds(whole), seconds(bare)) for _ in range(runs)]
    beyond = statistics.median(ours - imports for ours, imports in pairs)
    imports = statistics.median(imports for _, imports in pairs)
    yield Result("check, one client | imports alone", f"{beyond:.2f} s", f"{imports:.2f} s", "-", runs, "< 0.5 s")


def many(runs: int = 3) -> Iterator[Result]:
    """Time a check of two hundred clients, as a process."""
    with workspace(MANY) as place:
        task = process(convener(), "-w", str(place), "check")
        times = [seconds(task) for _ in range(runs)]
    yield Result(f"check, {MANY} clients", f"{statistics.median(times):.1f} s", runs=runs, target="< 10 s")


def looking(runs: int = 50) -> Iterator[Result]:
    """Time a daemon's look at the files of two hundred clients, none of which has changed."""
    with workspace(MANY) as place:
        rules = RuleBook.of(place, load_settings(place, {}))
        first = seconds(rules.reload)
        times = [seconds(rules.reload) for _ in range(runs)]
    what = f"rules, {MANY} clients, nothing changed | first"
    yield Result(what, f"{1000 * statistics.median(times):.1f} ms", f"{first:.1f} s", "-", runs)


def editing(runs: int = 9) -> Iterator[Result]:
    """Time a daemon taking an edit of one client among two hundred."""
    times: list[float] = []
    with workspace(MANY) as place:
        rules = RuleBook.of(place, load_settings(place, {}))
        rules.reload()
        for run in range(runs):
            with (place / "rulesets" / f"{CLIENT}.toml").open("a", encoding="utf-8") as file:
                file.write(f"# edit {run}\n")
            times.append(seconds(rules.reload))
    yield Result(f"rules, one of {MANY} clients edited", f"{1000 * statistics.median(times):.0f} ms", runs=runs)


BENCHES: dict[str, Bench] = {"check": one, "check-many": many, "rules-same": looking, "rules-edited": editing}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:]))
