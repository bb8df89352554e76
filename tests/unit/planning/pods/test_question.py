"""The question of who sits with whom."""

from datetime import date
from typing import Any

import pytest

from convener.model import Coach, Commitment
from convener.planning.pods.question import apart_pairs, joined, pose, ranks, slug
from convener.rulesets.kinds import Apart

DAY = date(2026, 12, 1)


def test_managers_are_known_by_address(make: Any) -> None:
    """R6: a manager who takes part is found whatever the case of the address; one who does not is no pair."""
    people = {"ana": {}, "ben": {"manager": "ANA@acme.example"}, "cy": {"manager": "boss@acme.example"}}
    question = pose(make.ruleset(), make.register(people), DAY)

    assert [("ana", "ben")] == apart_pairs(question, Apart(who="manager-and-report"))


def test_a_coach_has_room_for_what_is_left(make: Any) -> None:
    """R9: the least of the coach's own and the rule's limit, less what they carry."""
    register = make.register({"ana": {}}, coaches=[Coach(id="a@x", max_pods=3), Coach(id="b@x"), Coach(id="c@x")])
    rules = make.ruleset(make.rule("load", "coach-load", max_pods=4), coaches=("A@x", "b@x"))

    question = pose(rules, register, DAY, [Commitment(coach="a@x", pods=2)])

    assert [("a@x", 1), ("b@x", 4)] == [(carrier.id, carrier.room) for carrier in question.carriers]


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["9", "10", "8"], ["8", "9", "10"]),
        (["8d", "9", "8a", "10a"], ["8a", "8d", "9", "10a"]),
        (["M2", "M1", "", "M2"], ["M1", "M2"]),
    ],
)
def test_values_are_sorted_as_people_do(values: list[str], order: list[str]) -> None:
    """R6: numbers by size, also inside words; what is missing has no place."""
    assert order == list(ranks(values))


def test_names_are_plain() -> None:
    """R6: a pod's name has no accents, spaces or signs."""
    assert ["tyne-wear", "munchen", "pod"] == [slug(text) for text in ("Tyne & Wear", "München", "…")]
    assert ["", "a", "a and b", "a, b and c"] == [joined(list(words)) for words in ("", "a", "ab", "abc")]
