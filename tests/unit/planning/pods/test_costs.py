"""Costs counted from the members themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convener.planning.pods.costs import Seated, units
from convener.planning.pods.question import pose


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
