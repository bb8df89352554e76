"""Pods and dates, measured beside their peers: `make bench-planning`, or `python bench/planning/run.py [TABLE…]`.

The workloads lie outside of the project; a table whose folder is absent says so in a line and is left out. Seeds are
the workloads' own (1), ours is 1. Nothing here is asserted by a test.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import conflicts
import distances
import rosters
import schedules
from table import Bench, Result, show

ROOT = Path(__file__).parents[2]
LIBRARIES = ("ortools", "numpy", "numba")
SEED, MDGP = ROOT.parent / "shared" / "bench-seed", ROOT.parent / "shared" / "data" / "mdgp"
TABLES = ("roster", "proof", "plain", "mdgp", "infeasible", "dates", "propose-dates", "replan")


def absent(folder: Path) -> Bench:
    """Return a table of one line: there is nothing to measure."""

    def said() -> Iterator[Result]:
        yield Result(f"left out: no folder {folder.name}", "-")

    return said


def benches(seed: Path, mdgp: Path, *, quick: bool) -> dict[str, Bench]:
    """Return every table whose folder is there, and a line for each that is not."""
    found: dict[str, Bench] = {}
    if (seed / "roster.py").exists():
        found |= rosters.benches(seed, quick=quick)
    else:
        found["roster"] = absent(seed)
    found |= distances.benches(mdgp, quick=quick) if (mdgp / "reported.csv").exists() else {"mdgp": absent(mdgp)}
    if (seed / "roster.py").exists():
        found |= conflicts.benches(seed)
    if (seed / "gen.py").exists():
        found |= schedules.benches(seed, quick=quick)
    else:
        found["dates"] = absent(seed)
    return found


def main() -> int:
    """Read the command line, run the tables asked for and print them."""
    parser = argparse.ArgumentParser(description="Pods and dates, measured beside their peers.")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"{', '.join(TABLES)}, or a line's own name")
    parser.add_argument("--seed-folder", type=Path, default=SEED, help="folder with roster.py and gen.py")
    parser.add_argument("--mdgp", type=Path, default=MDGP, help="folder with MDGP instances and reported.csv")
    parser.add_argument("--quick", action="store_true", help="the small sizes, and one instance of each kind")
    asked = parser.parse_args()
    every = benches(asked.seed_folder.resolve(), asked.mdgp.resolve(), quick=asked.quick)
    wanted = [name for word in asked.tables for name in _named(word, every)]
    return show(every, wanted, LIBRARIES)


def _named(word: str, every: dict[str, Bench]) -> list[str]:
    return [name for name in every if name == word or name.startswith(f"{word}-")] or [word]


if __name__ == "__main__":
    sys.exit(main())
