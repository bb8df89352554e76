"""What a slot means to a pod."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.model import Coach, DateRange
from convener.planning.dates.question import pose
from convener.planning.dates.slots import ALWAYS, nodes_of

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("flexible", [False, True])
@pytest.mark.parametrize(
    ("kind", "terms", "units"),
    [
        ("quorum", {"members": "75%"}, 1),
        ("quorum", {"members": 1}, 0),
        ("session-window", {"days": ("mon",)}, 1),
        ("session-window", {"between": ("11:00", "17:00")}, 1),
        ("session-window", {"zone": "member"}, 1),
        ("blackout", {"dates": ("2027-03-26",)}, 1),
        ("holidays", {}, 1),
    ],
)
def test_rules_forbid_or_cost(make: Any, kind: str, terms: Any, units: int, flexible: bool) -> None:
    """R10: Good Friday at ten with one of two, one of them in Perth, by every rule of dates."""
    people = make.register({"ana": {}, "ben": {}}, zones={"ben": "Australia/Perth"})
    asked = make.rule("asked", kind, flexible=flexible, weight=4, **terms)
    answers = make.availability([date(2027, 3, 26)], {"ana": "i"})
    question = pose(make.ruleset(asked), make.pods(people, {"one": ["ana", "ben"]}), answers, EARLIEST)

    [node] = nodes_of(question, question.pods[0])

    assert ({"asked"} if units and not flexible else set()) == node.broken
    assert {"answers": 4} | ({"asked": 4 * units} if units and flexible else {}) == node.costs


def test_a_coach_who_is_away_is_never_called_on(
    ruleset: Callable[..., Any],
    register: Callable[..., Any],
    pods_of: Callable[..., Any],
    availability: Callable[..., Any],
) -> None:
    """R9: days away are no matter of rules."""
    away = Coach(id="coach@x", away=(DateRange.parse("2027-03-20..2027-03-30"),))
    known = pods_of(register({"ana": {}}, coaches=[away]), {"one": ["ana"]}, "coach@x")
    question = pose(ruleset(), known, availability([date(2027, 3, 26)], {"ana": "y"}), EARLIEST)

    [node] = nodes_of(question, question.pods[0])

    assert {ALWAYS} == node.broken


def test_a_members_own_holidays_count(
    ruleset: Callable[..., Any],
    rule: Callable[..., Any],
    register: Callable[..., Any],
    pods_of: Callable[..., Any],
    availability: Callable[..., Any],
) -> None:
    """R10: Saint Patrick's day is free for whoever keeps the Irish calendar."""
    known = pods_of(register({"ana": {}}), {"one": ["ana"]})
    irish = replace(known, people={"ana": replace(known.people["ana"], holidays="IE")})
    answers = availability([date(2027, 3, 17)], {"ana": "y"})
    rules = ruleset(rule("free", "holidays"))
    questions = [pose(rules, register, answers, EARLIEST) for register in (known, irish)]

    assert [set(), {"free"}] == [nodes_of(question, question.pods[0])[0].broken for question in questions]
