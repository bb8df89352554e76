"""Free distances: the maximally diverse grouping problem on published instances, beside published results.

An instance is a file of the MDGP library; `reported.csv` holds what the authors of TPSDP reported: the best known
objective and the average of 20 runs of their program. A gap is what is missing to the best known, in percent of it;
below 0 is better than the best known. One instance after the other, each with both cores.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from table import Bench, Result
from watches import Deadline

from convener.planning.effort import Effort
from convener.planning.pods.distances.diversify import diversify

SECONDS = {"Geo": (1, 10), "RanInt": (10, 60), "RanReal": (10, 60)}
"""How long each family is searched."""
ENDLESS = 10**15
"""Steps that no search comes to: the watch ends it."""
TARGETS = {
    ("Geo", 1): {120: 0.02, 240: 0.02, 480: 0.02},
    ("Geo", 10): {120: 0.0, 240: 0.0, 480: 0.0},
    ("Ran", 10): {120: 0.01, 240: 0.13, 480: 0.5},
    ("Ran", 60): {120: 0.0, 240: 0.05, 480: 0.2},
}
"""Largest mean gap aimed at, by family and seconds, then by size."""
ANCHORS = {
    ("Geo", 1): "0.02",
    ("Geo", 10): "0.005",
    ("Ran", 10): "0.01 / 0.13 / 0.52",
    ("Ran", 60): "-0.03 / 0.05 / 0.17",
}
"""What TPSDP's own program reached on two cores elsewhere, for sizes 120 / 240 / 480 or for all."""
WARMING = 12
"""People of the instance that compiles the kernels."""
ROUNDING = 1e-6
"""Share of an objective that adding in another order may change."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Distances between people, and the sizes of the groups they go into."""

    name: str
    family: str
    size: int
    path: Path
    best: float
    average: float

    def read(self) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
        """Return distances and the least and most people of each group."""
        with gzip.open(self.path, "rt", encoding="ascii") as file:
            head = file.readline().split()
            rows = np.loadtxt(file)
        bounds = [int(word) for word in head[3:]]
        distances = np.zeros((self.size, self.size))
        one, other = rows[:, 0].astype(int), rows[:, 1].astype(int)
        distances[one, other] = distances[other, one] = rows[:, 2]
        return distances, list(zip(bounds[::2], bounds[1::2], strict=True))


def instances(folder: Path) -> list[Instance]:
    """Return every instance that has a reported result."""
    with (folder / "reported.csv").open(encoding="ascii", newline="") as file:
        return [
            Instance(
                row["instance"],
                row["instance"].split("_")[0],
                int(row["n"]),
                folder / f"{row['instance']}.txt.gz",
                float(row["best"]),
                float(row["average_of_20"]),
            )
            for row in csv.DictReader(file)
        ]


def one_each(found: Sequence[Instance]) -> list[Instance]:
    """Return the first instance of each family and size."""
    first: dict[tuple[str, int], Instance] = {}
    for instance in found:
        first.setdefault((instance.family, instance.size), instance)
    return list(first.values())


def warm() -> None:
    """Compile the kernels, or load them."""
    distances = np.ones((WARMING, WARMING)) - np.eye(WARMING)
    diversify(distances, [(WARMING // 3, WARMING // 3)] * 3, Effort(steps=100))


def gap(instance: Instance, seconds: float) -> tuple[float, float]:
    """Return the gap to the best known after so many seconds, recounted here, and the seconds it really took."""
    distances, sizes = instance.read()
    watch = Deadline(seconds)
    groups, told = diversify(distances, sizes, Effort(steps=ENDLESS, watch=watch))
    took = watch.elapsed
    counts = np.bincount(groups, minlength=len(sizes))
    assert all(least <= count <= most for count, (least, most) in zip(counts, sizes, strict=True)), instance.name
    places = np.asarray(groups)
    total = float(distances[places[:, None] == places[None, :]].sum()) / 2
    assert abs(total - told) <= ROUNDING * abs(total), f"{instance.name}: {told} is not {total}"
    return 100 * (instance.best - total) / instance.best, took


def measure(folder: Path, seconds: int, *, quick: bool) -> Iterator[Result]:
    """Measure every instance, or one of each family and size, that is searched so many seconds."""
    began = perf_counter()
    warm()
    found = one_each(instances(folder)) if quick else instances(folder)
    ours: dict[tuple[str, int], list[float]] = defaultdict(list)
    theirs: dict[tuple[str, int], list[float]] = defaultdict(list)
    longest = 0.0
    for instance in (each for each in found if seconds in SECONDS[each.family]):
        here, took = gap(instance, seconds)
        longest = max(longest, took)
        ours[instance.family, instance.size].append(here)
        theirs[instance.family, instance.size].append(100 * (instance.best - instance.average) / instance.best)
    for (family, size), gaps in sorted(ours.items()):
        yield _line(family, size, seconds, gaps, theirs[family, size])
    took = f"{longest:.2f} s, all in {(perf_counter() - began) / 60:.1f} min"
    yield Result(f"MDGP, {seconds} s asked for, longest", took, runs=sum(len(gaps) for gaps in ours.values()))


def _line(family: str, size: int, seconds: int, ours: Sequence[float], theirs: Sequence[float]) -> Result:
    key = (family if family == "Geo" else "Ran", seconds)
    aim = TARGETS.get(key, {}).get(size)
    target = "" if aim is None else f"<= {aim:g} % (anchor {ANCHORS[key]})"
    said = f"{mean(ours):+.3f} %, worst {max(ours):+.3f}"
    peer = f"{mean(theirs):+.3f} %"
    return Result(f"{family} {size}, {seconds} s | TPSDP, mean of 20", said, peer, "-", len(ours), target)


def benches(folder: Path, *, quick: bool) -> dict[str, Bench]:
    """Return the tables of free distances, one for each number of seconds."""
    asked = sorted({seconds for each in SECONDS.values() for seconds in each})
    return {f"mdgp-{seconds}": partial(measure, folder, seconds, quick=quick) for seconds in asked}
