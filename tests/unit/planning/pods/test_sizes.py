"""How many pods, and of what size."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Limits, even_split, groups, preferred_count


@pytest.mark.parametrize(
    ("people", "limits", "count"),
    [
        (40, Limits(7, 8, 9), 5),
        (60, Limits(3, 3, 4), 20),
        (41, Limits(5, 6, 7), 7),
        (41, Limits(6, 6, 6), None),
        (5, Limits(6, 7, 8), None),
        (1, Limits(1, 6, 1), 1),
    ],
)
def test_the_count_lies_nearest_to_the_target(people: int, limits: Limits, count: int | None) -> None:
    """R6: of the counts that keep every pod within its limits, the one nearest to the target."""
    assert count == preferred_count(people, limits)


def test_an_even_split_differs_by_one_at_most() -> None:
    """R6: nobody gets a much larger pod."""
    assert [6, 6, 6, 6, 6, 6, 5] == even_split(41, 7)


def test_people_are_grouped_by_what_they_must_share(
    ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """R6: an inflexible `same` splits people into groups, named after the value; a flexible one does not."""
    people = register({"ana": {"region": "Tyne & Wear"}, "ben": {"region": "Cumbria"}, "cy": {"region": "Cumbria"}})
    strict = pose(ruleset(rule("region", "same", by=("region",))), people, date(2026, 12, 1))
    soft = pose(ruleset(rule("region", "same", by=("region",), flexible=True)), people, date(2026, 12, 1))

    assert [("cumbria", ("ben", "cy")), ("tyne-wear", ("ana",))] == groups(strict)
    assert [("", ("ana", "ben", "cy"))] == groups(soft)
