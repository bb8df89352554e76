"""The quick division that the solver starts from."""

from datetime import date
from typing import Any

from convener.planning.pods.local import anneal, pair_costs
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame, even_frames

DAY = date(2026, 12, 1)


def test_pairs_cost_what_their_rules_say(make: Any) -> None:
    """R6: shared values, steps and forbidden pairs add up."""
    people = make.register(
        {"ana": {"team": "x", "grade": "1"}, "ben": {"team": "x", "grade": "3"}, "cy": {"grade": "2"}}
    )
    rules = make.ruleset(
        make.rule("mix", "mix", by=("team",), flexible=True, weight=5),
        make.rule("peers", "similar", by=("grade",), flexible=True),
    )

    assert [[0, 7, 1], [7, 0, 1], [1, 1, 0]] == pair_costs(pose(rules, people, DAY))


def test_annealing_repeats_and_keeps_sizes(northern: Any) -> None:
    """R8: the same seed gives the same division, within groups and even."""
    question = pose(northern.ruleset, northern.register, DAY)
    frames = even_frames(question) or []

    one, other = (anneal(question, frames, seed=4) for _ in range(2))

    assert one == other
    assert [8] * 5 == [len(members) for members in one]
    assert all(set(members) <= set(frame.people) for members, frame in zip(one, frames, strict=True))


def test_annealing_finds_what_is_plain(make: Any) -> None:
    """R6: two teams of two are mixed at no cost."""
    people = make.register({name: {"team": team} for name, team in zip("abcd", "xxyy", strict=True)})
    question = pose(make.ruleset(make.rule("mix", "mix", by=("team",), flexible=True)), people, DAY)

    found = anneal(question, [Frame(0, question.people, 2, 2)] * 2, seed=1)

    assert all({question.value(person, "team") for person in members} == {"x", "y"} for members in found)
