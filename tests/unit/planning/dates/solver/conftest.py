"""Small questions of dates on arrays, and every answer to them."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

from convener.planning.dates.series import FAR, Limit, Schedule, Series


@dataclass(frozen=True)
class Asked:
    """Series and the limits they share."""

    series: list[Series]
    limits: list[Limit]


def make_asked(seed: int, *, pods: int = 2, layers: int = 2, slots: int = 5, a_day: int = 9, people: int = 0) -> Asked:
    """Return a question of random costs: a coach for each three pods, and people who sit in two pods each."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    uses = [{f"coach-{pod // 3}"} for pod in range(pods)]
    for person in range(people):
        for pod in chance.sample(range(pods), 2):
            uses[pod].add(f"person-{person}")
    series = [_series(chance, f"pod-{pod:02}", layers, slots, sorted(uses[pod])) for pod in range(pods)]
    resources = sorted(set[str]().union(*uses))
    singly = [Limit(each, frozenset({slot}), 1) for each in resources for slot in range(slots)]
    days = [Limit(each, frozenset({slot, slot + 1}), a_day) for each in resources for slot in range(0, slots - 1, 2)]
    return Asked(series, singly + days)


def _series(chance: random.Random, pod: str, layers: int, slots: int, uses: Sequence[str]) -> Series:
    usable = sorted(chance.sample(range(slots), max(slots - 1, 1)))
    cost = [[FAR if chance.random() < 0.1 else chance.randrange(20) for _ in usable] for _ in range(layers)]
    between = [[chance.randrange(5) if two > one else FAR for two in usable] for one in usable]
    return Series(pod, np.array(usable), np.array(cost), np.array(between), tuple(uses))


def all_paths(series: Series) -> dict[tuple[int, ...], int]:
    """Return every path of *series* with its cost, by trying all."""
    layers, nodes = series.cost.shape
    costs = {path: series.price(path) for path in product(range(nodes), repeat=layers)}
    return {path: cost for path, cost in costs.items() if cost < FAR}


def keeps(asked: Asked, paths: Sequence[Sequence[int]]) -> bool:
    """Tell whether *paths* keep every limit."""
    used = Counter(
        (resource, int(series.slots[node]))
        for series, path in zip(asked.series, paths, strict=True)
        for resource in series.uses
        for node in path
    )
    return all(sum(used[limit.resource, slot] for slot in limit.slots) <= limit.most for limit in asked.limits)


def least(asked: Asked) -> int | None:
    """Return what the best answer costs, by trying all; None when there is none."""
    every = [all_paths(series) for series in asked.series]
    costs = [
        sum(each[path] for each, path in zip(every, paths, strict=True))
        for paths in product(*every)
        if keeps(asked, paths)
    ]
    return min(costs, default=None)


def fits(asked: Asked, found: Schedule) -> bool:
    """Tell whether *found* keeps every limit, costs what it says and no less than its bound."""
    cost = sum(series.price(path) for series, path in zip(asked.series, found.paths, strict=True))
    return keeps(asked, found.paths) and found.bound <= cost == found.cost < FAR


@pytest.fixture(scope="session")
def small() -> SimpleNamespace:
    """Return what makes and judges small questions."""
    return SimpleNamespace(asked=make_asked, all_paths=all_paths, least=least, keeps=keeps, fits=fits)
