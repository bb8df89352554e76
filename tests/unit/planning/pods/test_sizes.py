"""How many pods, and of what size."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Limits, counts_near, even_counts, even_split, groups, limits, preferred_count


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


def test_few_coaches_make_fewer_pods(make: Any) -> None:
    """R9: pods are given up where sizes suffer least; when sizes cannot grow there is no number that works."""
    teams = {f"p{at:02}": {"team": "x" if at < 6 else "y"} for at in range(18)}
    rules = make.ruleset(
        make.rule("team", "same", by=("team",)),
        make.rule("size", "pod-size", min=2, target=3, max=5),
        make.rule("load", "coach-load", max_pods=9),
    )

    def counts(room: int) -> list[int] | None:
        known = make.register(teams, coaches=[Coach(id="c@x", max_pods=room)])
        return even_counts(pose(rules, known, date(2026, 12, 1)))

    assert [2, 4] == counts(6)
    assert [2, 3] == counts(5)
    assert counts(4) is None


def test_counts_stay_near_those_of_today(make: Any) -> None:
    """R8: as many pods as there are, or the nearest number that sizes allow."""
    rules = make.ruleset(make.rule("size", "pod-size", min=3, target=3, max=4))
    question = pose(rules, make.register({name: {} for name in "abcdefgh"}), date(2026, 12, 1))

    assert [[2], [2], [2]] == [counts_near(question, [count]) for count in (1, 2, 3)]


def test_the_target_does_not_depend_on_the_order_of_rules(make: Any) -> None:
    """R8: of several rules the first by name gives the target, all inflexible ones the limits."""
    rules = [make.rule("b", "pod-size", min=2, target=5, max=6), make.rule("a", "pod-size", min=3, target=4, max=8)]
    people = make.register({"ana": {}})

    for given in (rules, rules[::-1]):
        assert Limits(3, 4, 6) == limits(pose(make.ruleset(*given), people, date(2026, 12, 1)), 9)


def test_people_whose_days_never_meet_are_groups(make: Any) -> None:
    """R6: a chain of zones with enough hours in common is one group, whatever its ends; flexible hours make none."""
    zones = {"a": "Australia/Perth", "b": "Asia/Tokyo", "c": "Europe/London", "d": "Europe/Athens", "e": "Asia/Dubai"}
    people = make.register({name: {} for name in "abcde"}, zones=zones)
    strict = make.rule("hours", "timezone-overlap", min="5 hours")
    soft = make.rule("hours", "timezone-overlap", min="5 hours", flexible=True)

    def grouped(rule: Any) -> list[str]:
        return ["".join(found) for _, found in groups(pose(make.ruleset(rule), people, date(2026, 12, 1)))]

    assert ["cde", "ab"] == grouped(strict)
    assert ["abcde"] == grouped(soft)
