"""What clauses do with lists."""

import math

from convener.expressions.budgets import LONGEST_LIST
from convener.expressions.lists import differ, holds, item, listed, same


def test_a_list_comes_in_whole_or_not_at_all() -> None:
    """P16: a list with a hole in it is unknown, not shorter."""
    given = (["a"], ("a",), [], None, ["a", None], "a", ["a"] * (LONGEST_LIST + 1))

    assert [("a",), ("a",), (), None, None, None, None] == [listed(value) for value in given]


def test_a_place_that_is_not_there_has_no_value() -> None:
    """Places count from 0 and never from the end."""
    assert ["a", "b", None, None] == [item(("a", "b"), place) for place in (0, 1, 2, -1)]


def test_no_number_is_equal_to_nothing() -> None:
    """IEEE 754: not even one and the same object, which Python's own comparison of lists overlooks."""
    broken = (1.0, math.nan)

    assert [True, False, False] == [holds(1.0, broken), holds(math.nan, broken), holds(2.0, broken)]
    assert [False, True, False] == [same(broken, broken), same((1.0, -0.0), (1.0, 0.0)), same((1.0,), (1.0, 1.0))]
    assert [True, False] == [differ(broken, broken), differ((1.0,), (1.0,))]
