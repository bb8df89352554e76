"""Pods as groups by distance."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.costs import Seated, breaches, score
from convener.planning.pods.distances.pairwise import BREACH, costs_of, divide
from convener.planning.pods.division import Division
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.sizes import Frame, even_frames

DAY = date(2026, 12, 1)
TEAMS = {
    name: {"team": team, "grade": grade, "region": region}
    for name, team, grade, region in zip("abcdefghijkl", "xxxyyyzzz   ", "123412341234", "nnnnnnssssss", strict=True)
}


def pods(division: Division) -> list[Seated]:
    """Return the pods of *division* as costs are counted."""
    return [Seated(str(at), members, None) for at, members in enumerate(division.members)]


def asked(make: Any, *rules: Any) -> PodQuestion:
    """Return the question of twelve people under *rules*."""
    return pose(make.ruleset(*rules), make.register(TEAMS), DAY)


@pytest.fixture
def every(make: Any) -> PodQuestion:
    """Give a question with every kind that is a sum over pairs."""
    pair = (("a@acme.example", "b@acme.example"),)
    return asked(
        make,
        make.rule("mix", "mix", by=("team",), flexible=True, weight=5),
        make.rule("peers", "similar", by=("grade",), flexible=True, weight=2),
        make.rule("apart", "apart", pairs=(("c@acme.example", "d@acme.example"),)),
        make.rule("with", "together", pairs=pair, flexible=True, weight=3),
        make.rule("region", "same", by=("region",)),
        make.rule("size", "pod-size", min=3, target=3, max=3),
    )


def test_pairs_cost_what_their_rules_say(make: Any) -> None:
    """R6: shared values, steps and pairs asked for add up; inflexible ones cost a breach."""
    question = asked(
        make,
        make.rule("mix", "mix", by=("team",), flexible=True, weight=5),
        make.rule("peers", "similar", by=("grade",), flexible=True),
        make.rule("apart", "apart", pairs=(("a@acme.example", "b@acme.example"),)),
        make.rule("with", "together", pairs=(("a@acme.example", "l@acme.example"),), flexible=True, weight=7),
    )

    costs = costs_of(question, [])

    assert costs is not None
    assert (costs == costs.T).all()
    assert [0, 6 + BREACH, 7, 3, 0, 1] == costs[0, :6].tolist()
    assert [1, 2, 3 - 7] == costs[0, 9:].tolist()
    assert 1 == costs[10, 11]


def test_costs_of_pairs_add_up_to_the_score(every: PodQuestion) -> None:
    """R7: with what splitting everyone who belongs together costs, it is the score that costs counts."""
    division = divide(every, even_frames(every) or [], Effort(steps=200_000))
    costs = costs_of(every, even_frames(every) or [])

    assert division is not None
    assert costs is not None
    place = {person: at for at, person in enumerate(every.people)}
    paid = sum(costs[place[one], place[other]] for pod in division.members for one, other in combinations(pod, 2))
    assert score(every, pods(division)) == paid + 3
    assert [] == breaches(every, pods(division))


def test_a_division_fits_its_frames_and_repeats(every: PodQuestion) -> None:
    """R8: groups keep to themselves, equal frames are in the order of their members, steps are counted."""
    frames = even_frames(every) or []
    efforts = [Effort(seed=3, steps=100_000) for _ in range(2)]

    one, other = (divide(every, frames, effort) for effort in efforts)

    assert one == other
    assert one is not None
    assert [3] * 4 == [len(members) for members in one.members]
    assert all(set(members) <= set(frame.people) for members, frame in zip(one.members, frames, strict=True))
    assert list(one.members[:2]) == sorted(one.members[:2])
    assert 100_000 * 0.9 <= efforts[0].spent == efforts[1].spent


def test_a_start_is_never_made_worse(every: PodQuestion) -> None:
    """R9: without steps the answer costs what the start costs; a start of others is refused."""
    frames = even_frames(every) or []
    good = divide(every, frames, Effort(steps=200_000))
    assert good is not None

    again = divide(every, frames, Effort(steps=0), good)

    assert again is not None
    assert score(every, pods(again)) <= score(every, pods(good))
    with pytest.raises(ValueError, match="other people"):
        divide(every, frames, Effort(steps=0), Division((("a",), (), (), ()), (None,) * 4))


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("same", {"by": ("team",)}),
        ("pod-size", {"min": 3, "target": 4, "max": 5}),
        ("timezone-overlap", {"min": "2 hours"}),
    ],
)
def test_rules_that_are_no_sums_over_pairs_are_left_to_others(make: Any, kind: str, terms: dict[str, Any]) -> None:
    """R6: flexible `same`, open sizes and flexible zones."""
    question = asked(make, make.rule("it", kind, flexible=True, **terms))
    open_sizes = [Frame(0, question.people, 5, 7)] * 2

    assert costs_of(question, open_sizes) is None
    assert divide(question, open_sizes, Effort(steps=0)) is None


def test_flexible_sizes_do_not_matter_where_frames_settle_them(make: Any) -> None:
    """R6: every division into them has the same sizes."""
    question = asked(make, make.rule("size", "pod-size", flexible=True, min=3, target=4, max=5))

    assert costs_of(question, [Frame(0, question.people, 6, 6)] * 2) is not None


def test_clashing_zones_are_pairs_unless_a_coach_decides(make: Any) -> None:
    """R6: a coach in a zone that clashes makes it more than a question of pairs."""
    zones = {"a": "Pacific/Auckland", "pat": "Pacific/Auckland"}
    rules = make.ruleset(make.rule("zones", "timezone-overlap", min="4 hours"))
    free = pose(rules, make.register(TEAMS, zones=zones), DAY)
    bound = pose(rules, make.register(TEAMS, zones=zones, coaches=[Coach(id="pat")]), DAY)

    costs = costs_of(free, [])

    assert costs is not None
    assert [0, *[BREACH] * 11] == costs[0].tolist()
    assert 0 == costs[1:, 1:].max()
    assert costs_of(bound, []) is None
