"""The fewest names that fail together."""

from collections.abc import Collection

import pytest

from convener.planning.dates.conflicts.trial import smallest


@pytest.mark.parametrize(
    ("failing", "expected"),
    [
        ([{"a", "b", "c"}, {"c", "d"}], ("c", "d")),
        ([{"b"}, {"a", "c"}], ("b",)),
        ([set()], ()),
    ],
)
def test_no_smaller_set_fails(failing: list[set[str]], expected: tuple[str, ...]) -> None:
    """R11: a set none of which can be left out may still not be the smallest."""

    def fails(names: Collection[str]) -> bool:
        return any(each <= set(names) for each in failing)

    assert expected == smallest("abcd", fails)


def test_of_equally_few_the_first_are_kept() -> None:
    """R11: those who have not answered are named before those who said no."""
    assert ("b",) == smallest("ba", bool, "b")
