"""The cheapest path of one pod."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from convener.planning.dates.series import FAR
from convener.planning.dates.solver import again, through
from convener.planning.dates.solver.paths import NEVER, Graph, cheapest, least_through


@pytest.mark.parametrize("seed", range(20))
def test_a_series_is_as_cheap_as_any(small: SimpleNamespace, seed: int) -> None:
    """R10: the best path under prices costs the least of all paths, and the earliest of equals is taken."""
    series = small.asked(seed, layers=3, slots=7).series[0]
    price = np.arange(len(series.slots)) % 3
    costs = {path: cost + sum(int(price[at]) for at in path) for path, cost in small.all_paths(series).items()}

    found = cheapest(Graph.of(series), price)

    best = min(((cost, path) for path, cost in costs.items()), default=None)
    assert best == found


@pytest.mark.parametrize("seed", range(20))
def test_each_date_tells_what_a_series_with_it_would_cost(small: SimpleNamespace, seed: int) -> None:
    """R10: runners-up are exact, and the best of each session is the best series there is."""
    series = small.asked(seed, layers=3, slots=6).series[0]
    taken = {int(series.slots[1]), 99}
    open_paths = {path: cost for path, cost in small.all_paths(series).items() if 1 not in path}

    found = through(series, taken)

    for layer, node in np.ndindex(*found.shape):
        expected = min((cost for path, cost in open_paths.items() if path[layer] == node), default=FAR)
        assert expected == found[layer, node]
    best = again(series, taken)
    assert [best[0] if best else FAR] * 3 == found.min(axis=1).tolist()


def test_a_pod_is_planned_again_around_what_others_took(small: SimpleNamespace) -> None:
    """R11: slots that are taken are left alone; when nothing is left there is no series."""
    series = small.asked(3, layers=2, slots=6).series[0]

    first = again(series, ())
    assert first is not None
    used = {int(series.slots[node]) for node in first[1]}
    other = again(series, used)

    assert other is not None
    assert not used & {int(series.slots[node]) for node in other[1]}
    assert again(series, range(6)) is None


def test_a_kept_session_takes_its_own_node_only(small: SimpleNamespace) -> None:
    """R11: a session whose date lies outside the slots stays there whatever else is taken."""
    series = small.asked(3, layers=2, slots=5).series[0]
    slots = np.array([-1, *series.slots])
    cost = np.hstack([np.array([[0], [FAR]]), np.where([[True], [False]], FAR, series.cost)])
    between = np.pad(series.between, ((1, 0), (1, 0)), constant_values=0)

    found = again(replace(series, slots=slots, cost=cost, between=between), [-1, 0])

    assert found is not None
    assert found[1][0] == 0


def test_a_pod_without_sessions_costs_nothing(small: SimpleNamespace) -> None:
    """R9: where every session is cancelled there is nothing to plan."""
    series = small.asked(1).series[0]

    assert again(replace(series, cost=series.cost[:0]), ()) == (0, ())


def test_costs_near_the_limit_do_not_overflow(small: SimpleNamespace) -> None:
    """N6: a year of weekly sessions at the highest costs adds up, and what may not be stays far."""
    series = small.asked(2, layers=2, slots=5).series[0]
    nodes = 53
    between = np.where(np.triu(np.ones((nodes, nodes)), 1) > 0, FAR - 1, FAR)
    long = replace(
        series, slots=np.arange(nodes), cost=np.full((nodes, nodes), FAR - 1, dtype=np.int64), between=between
    )

    found = least_through(Graph.of(long, 1000))

    assert found[0, 0] == (2 * nodes - 1) * (FAR - 1) * 1000
    assert found[0, 1] == NEVER
