"""Costs counted from the members themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convener.model import Coach, Commitment
from convener.planning.pods.costs import Seated, breaches, score, units
from convener.planning.pods.question import pose

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("kind", "terms", "count"),
    [
        ("mix", {"by": ("team",)}, 3),
        ("same", {"by": ("team",)}, 1),
        ("similar", {"by": ("grade",)}, 7),
        ("pod-size", {"min": 2, "target": 2, "max": 3}, 1),
        ("apart", {"pairs": (("ana@acme.example", "ben@acme.example"),)}, 1),
        ("together", {"pairs": (("ana@acme.example", "ben@acme.example"),)}, 0),
    ],
)
def test_units_are_counted_by_kind(
    ruleset: Callable[..., Any],
    rule: Callable[..., Any],
    register: Callable[..., Any],
    kind: str,
    terms: Any,
    count: int,
) -> None:
    """R7: the documented unit of each kind."""
    people = {
        "ana": {"team": "x", "grade": "1"},
        "ben": {"team": "x", "grade": "2"},
        "cy": {"team": "x", "grade": "3"},
        "dee": {"team": "y", "grade": "1"},
    }
    asked = rule("asked", kind, **terms)
    question = pose(ruleset(asked), register(people), date(2026, 12, 1))

    assert count == units(question, asked, [Seated("one", tuple(sorted(people)), None)])


def test_what_is_unknown_costs_nothing_except_where_it_must_be_known(make: Any) -> None:
    """R7: a missing value neither shares nor differs; an inflexible `same` cannot know that it is the same."""
    people = make.register({"ana": {"team": "x"}, "ben": {}, "cy": {"team": " "}})
    pods = [Seated("one", ("ana", "ben", "cy"), None)]
    kinds = ("same", "mix", "similar")
    soft = pose(make.ruleset(*(make.rule(k, k, by=("team",), flexible=True) for k in kinds)), people, DAY)
    hard = pose(make.ruleset(*(make.rule(k, k, by=("team",)) for k in kinds)), people, DAY)

    assert 0 == score(soft, pods)
    assert ["same"] == breaches(hard, pods)


def test_rules_and_columns_add_up(make: Any) -> None:
    """R7: rules of one kind and columns of one rule each add weight times units; inflexible ones add nothing."""
    people = make.register({name: {"team": "x", "site": "y"} for name in ("ana", "ben", "cy")})
    question = pose(
        make.ruleset(
            make.rule("one", "mix", by=("team", "site"), flexible=True, weight=2),
            make.rule("two", "mix", by=("team",), flexible=True, weight=5),
            make.rule("never", "mix", by=("site",)),
        ),
        people,
        DAY,
    )

    assert 3 * (2 + 2 + 5) == score(question, [Seated("one", ("ana", "ben", "cy"), None)])


def test_a_coach_is_charged_for_pods_beyond_what_is_left(make: Any) -> None:
    """R9: what a coach carries elsewhere takes room, but is not charged here."""
    load = make.rule("load", "coach-load", max_pods=2, flexible=True)
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="x@x"), Coach(id="y@x")])
    elsewhere = [Commitment(coach="x@x", pods=1), Commitment(coach="y@x", pods=7)]
    question = pose(make.ruleset(load), people, DAY, elsewhere)

    def pods(coach: str) -> list[Seated]:
        return [Seated("one", ("ana",), coach), Seated("two", ("ben",), coach)]

    assert [1, 2] == [units(question, load, pods(coach)) for coach in ("x@x", "y@x")]
