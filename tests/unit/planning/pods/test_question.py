"""The question of who sits with whom."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.errors import DataError
from convener.model import Coach, Commitment, Pod
from convener.planning.pods.question import TODAY, apart_pairs, joined, pose, ranks, slug
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


def test_a_zone_that_does_not_exist_is_an_error_of_the_data(make: Any) -> None:
    """Bad input: a time zone no clock keeps is named with the person, for participants and coaches alike."""
    strange = make.register({"ana": {}}, zones={"ana": "Mars/Phobos"})
    coached = make.register({"ana": {}}, coaches=[Coach(id="c@x")], zones={"c@x": "../etc"})

    with pytest.raises(DataError, match="'Mars/Phobos', the time zone of Ana, does not exist") as raised:
        pose(make.ruleset(), strange, DAY)
    with pytest.raises(DataError, match="the time zone of C@X"):
        pose(make.ruleset(), coached, DAY)

    assert "convener sync" in raised.value.hint


def test_pods_of_today_are_known_when_they_are_mended(make: Any) -> None:
    """R8: those that are not frozen, with the members who still take part; not known otherwise."""
    known = make.pods(make.register({name: {} for name in "abcd"}), {"one": "ab", "two": "cd"}, coach="c@x")
    mixed = replace(known, pods={**known.pods, "lead/two": Pod(id="lead/two", name="two", frozen=True)})

    question = pose(make.ruleset(), mixed, DAY, reform=True)

    assert [("lead/one", ("a", "b"), "c@x")] == [(pod.id, pod.members, pod.coach) for pod in question.standing]
    assert ["lead/one", ""] == [question.value(person, TODAY) for person in ("a", "c")]
    assert ("lead/two", ("c", "d")) == (question.kept[0].id, question.kept[0].members)
    assert () == pose(make.ruleset(), mixed, DAY).standing


def test_order_counts_among_everyone(make: Any) -> None:
    """R6: places of values are those among all people to seat, whoever is looked at."""
    people = make.register({name: {"grade": grade} for name, grade in zip("abc", ("3", "1", "10"), strict=True)})
    question = pose(make.ruleset(make.rule("near", "similar", by=("grade",))), people, DAY)

    assert {"1": 0, "3": 1, "10": 2} == question.order("grade")
    assert question.order("grade") == replace(question, people=("a",)).order("grade")
