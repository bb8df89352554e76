"""Which pod of today each pod goes on as."""

from datetime import date
from typing import Any

from convener.planning.pods.question import pose
from convener.planning.pods.standing import moves_of, standing_pods

DAY = date(2026, 12, 1)


def test_most_people_stay_where_the_name_stays(make: Any) -> None:
    """R8: each pod goes on as the one of today that most of its people come from, no two as the same."""
    known = make.pods(make.register({name: {} for name in "abcdefgh"}), {"one": "abcdef", "two": "gh"})
    question = pose(make.ruleset(), known, DAY, reform=True)

    pods = standing_pods(question, ["abc", "def", "gh"])

    assert ["lead/two"] == [pod.id for pod in pods[2:] if pod]
    assert 1 == sum(pod is None for pod in pods)
    assert 3 == moves_of(question, ["abc", "def", "gh"])


def test_as_many_stay_as_can(make: Any) -> None:
    """R8: the largest overlap is not taken where two smaller ones keep more people."""
    known = make.pods(make.register({name: {} for name in "abcdefghij"}), {"one": "abcde", "two": "fghij"})
    question = pose(make.ruleset(), known, DAY, reform=True)

    assert ["lead/two", "lead/one"] == [pod.id for pod in standing_pods(question, ["abcfgh", "de"]) if pod]
    assert 5 == moves_of(question, ["abcfgh", "de"])


def test_who_joins_moves_nobody(make: Any) -> None:
    """R8: people without a pod are no moves, wherever they sit."""
    known = make.pods(make.register({name: {} for name in "abcx"}), {"one": "ab"})
    question = pose(make.ruleset(), known, DAY, reform=True)

    assert 0 == moves_of(question, ["abx", "c"])
