"""Schedules made by pods in turn."""

from types import SimpleNamespace

import numpy as np
import pytest

from convener.planning.dates.solver.components import components
from convener.planning.dates.solver.paths import cheapest
from convener.planning.dates.solver.repair import Board, continued, in_turn, repaired


@pytest.mark.parametrize("seed", range(10))
def test_a_repaired_schedule_keeps_every_limit(small: SimpleNamespace, seed: int) -> None:
    """R10: wishes that clash become a schedule in which nobody can do better alone."""
    asked = small.asked(seed, pods=3, layers=2, slots=8)
    (part,) = components(asked.series, asked.limits)
    wishes = tuple(found[1] for graph in part.graphs if (found := cheapest(graph)) is not None)

    for paths in (repaired(part, wishes, np.zeros_like(part.most)), in_turn(part)):
        assert paths is not None
        assert part.keeps(paths)
        used = part.used(enumerate(paths))
        for at, path in enumerate(paths):
            way = part.around(at, used - part.used([(at, path)]))
            assert way is not None
            assert asked.series[at].price(way[1]) == asked.series[at].price(path)


def test_whoever_finds_no_way_sends_others_away(small: SimpleNamespace) -> None:
    """R10: three pods that need every slot of their coach get them, in whatever order they ask."""
    asked = small.asked(0, pods=3, layers=1, slots=4)
    (part,) = components(asked.series, asked.limits)

    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        paths = Board(part, np.zeros_like(part.most)).fill(order)
        assert paths is not None
        assert part.keeps(paths)


def test_a_schedule_goes_on_from_what_still_fits(small: SimpleNamespace) -> None:
    """R11: paths that may not be, or clash with those before, are found anew; a good one stays."""
    asked = small.asked(4, pods=3, layers=2, slots=8)
    (part,) = components(asked.series, asked.limits)
    good = in_turn(part)
    assert good is not None

    assert continued(part, good) == good
    mended = continued(part, [good[0], (99, 0), good[2]])
    assert mended is not None
    assert part.keeps(mended)
