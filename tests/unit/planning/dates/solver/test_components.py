"""Pods planned together, on arrays."""

from types import SimpleNamespace

import numpy as np

from convener.planning.dates.series import Limit, Series
from convener.planning.dates.solver.components import UNIT, components


def test_limits_count_the_nodes_of_paths(small: SimpleNamespace) -> None:
    """R10: a path around what is used keeps every limit, and costs what its nodes and their prices cost."""
    asked = small.asked(4, pods=3, layers=2, slots=8)
    (part,) = components(asked.series, asked.limits)
    dear = np.arange(len(part.most)) * 10
    used = np.zeros_like(part.most)

    for at in range(3):
        way = part.around(at, used, dear)
        assert way is not None
        assert way[0] == part.priced(at, way[1], dear)
        assert asked.series[at].price(way[1]) * UNIT <= way[0]
        used += part.used([(at, way[1])])
        assert (used <= part.most).all()


def test_a_pod_does_not_get_in_its_own_way() -> None:
    """R10: a pod whose best dates break a limit by themselves takes others."""
    cost = np.array([[0, 5, 9], [9, 0, 5]])
    between = np.where(np.triu(np.ones((3, 3)), 1) > 0, 0, 10**9)
    series = Series("one", np.arange(3), cost, between, ("coach",))
    (part,) = components([series], [Limit("coach", frozenset({0, 1}), 1)])

    assert part.around(0, np.zeros_like(part.most)) == (5 * UNIT, (0, 2))


def test_a_part_leaves_others_where_they_are(small: SimpleNamespace) -> None:
    """R11: some pods planned anew find only what the rest have left."""
    asked = small.asked(4, pods=3, layers=2, slots=8)
    (whole,) = components(asked.series, asked.limits)
    used = np.zeros_like(whole.most)
    paths = []
    for at in range(3):
        way = whole.around(at, used)
        assert way is not None
        paths.append(way[1])
        used += whole.used([(at, way[1])])

    part = whole.part([2], tuple(paths))
    alone = part.around(0, np.zeros_like(part.most))

    assert part.pods == (2,)
    assert alone is not None
    assert whole.keeps((*paths[:2], alone[1]))
