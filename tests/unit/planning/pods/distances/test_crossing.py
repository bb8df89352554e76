"""Children of two divisions."""

import random
from collections.abc import Callable

import numpy as np

from convener.planning.pods.distances.crossing import cross


def test_what_both_parents_agree_on_stays_whatever_its_number(draw: Callable[[int], random.Random]) -> None:
    """R6: groups are matched by members, sizes are the first parent's."""
    one = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
    other = np.array([2, 2, 1, 0, 0, 0, 1, 1, 2])

    child = cross(one, other, 3, draw(1))

    assert [0, 0, 1, 1, 1, 2, 2] == child[[0, 1, 3, 4, 5, 6, 7]].tolist()
    assert [3, 3, 3] == np.bincount(child).tolist()


def test_equal_parents_have_a_child_like_them(draw: Callable[[int], random.Random]) -> None:
    """R8: renamed groups are the same division."""
    one = np.array([0, 1, 1, 0, 2])

    assert one.tolist() == cross(one, np.array([1, 2, 2, 1, 0]), 3, draw(1)).tolist()
