"""Finding who sits with whom."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.costs import Seated, breaches
from convener.planning.pods.division import Division
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.solve import FIRST, divide

DAY = date(2026, 12, 1)


def test_uneven_sizes_are_found_when_even_ones_fail(make: Any) -> None:
    """R6: three who stay together and one with another: pods of three and two, though two pairs and one were even."""
    people = make.register({name: {} for name in "abcde"})
    pairs = tuple((f"{one}@acme.example", f"{other}@acme.example") for one, other in ("ab", "bc", "cd"))
    rules = make.ruleset(
        make.rule("size", "pod-size", min=1, target=3, max=4), make.rule("friends", "together", pairs=pairs)
    )

    found = divide(pose(rules, people, DAY), Effort())

    assert isinstance(found, Division)
    assert (("a", "b", "c", "d"), ("e",)) == found.members


def test_fewer_pods_when_coaches_are_few(make: Any) -> None:
    """R9: coaches who can carry two pods get two, though three were nearer to the target."""
    people = make.register({name: {} for name in "abcdef"}, coaches=[Coach(id="x@x", max_pods=2)])
    rules = make.ruleset(
        make.rule("size", "pod-size", min=2, target=2, max=3), make.rule("load", "coach-load", max_pods=9)
    )

    found = divide(pose(rules, people, DAY), Effort())

    assert isinstance(found, Division)
    assert ([3, 3], ("x@x", "x@x")) == ([len(members) for members in found.members], found.coaches)


@pytest.fixture
def crowded(make: Any) -> PodQuestion:
    """Give 64 people in two regions, 12 of the 32 of one region mutual rivals: two pods more than suit the target."""
    people = {f"p{at:02}": {"region": "ns"[at % 2], "team": "vwxyz"[at % 5]} for at in range(64)}
    pairs = tuple((f"p{a:02}@acme.example", f"p{b:02}@acme.example") for a, b in combinations(range(0, 24, 2), 2))
    rules = make.ruleset(
        make.rule("region", "same", by=("region",)),
        make.rule("size", "pod-size", min=2, target=4, max=5),
        make.rule("rivals", "apart", pairs=pairs),
        make.rule("mix", "mix", by=("team",), flexible=True),
        make.rule("load", "coach-load", max_pods=10),
    )
    return pose(rules, make.register(people, coaches=[Coach(id="x@x"), Coach(id="y@x")]), DAY)


@pytest.mark.parametrize(
    "effort",
    [Effort(steps=0), Effort(steps=1), Effort(steps=2_000), Effort(watch=lambda _: True), Effort(stopped=True)],
    ids=["no steps", "one step", "few steps", "ended at once", "ended before"],
)
def test_the_smallest_effort_gives_a_division(crowded: PodQuestion, effort: Effort) -> None:
    """R6, R8: a tiny budget and a watch without patience get a poor plan, which keeps every rule, rather than none."""
    steps = effort.steps or 0
    found = divide(crowded, effort)

    assert isinstance(found, Division)
    pods = [Seated("", members, coach) for members, coach in zip(found.members, found.coaches, strict=True)]
    assert [] == breaches(crowded, pods)
    assert None not in found.coaches
    assert steps + FIRST >= effort.spent


def test_a_first_division_is_the_same_for_people_in_any_order(crowded: PodQuestion) -> None:
    """R8: what is packed where steps are few depends on the question alone."""
    known = crowded.register
    shuffled = replace(known, people=dict(reversed(list(known.people.items()))), enrolments=known.enrolments[::-1])

    assert divide(crowded, Effort(steps=0)) == divide(pose(crowded.ruleset, shuffled, DAY), Effort(steps=0))


def test_there_are_as_many_pods_as_rivals_need(crowded: PodQuestion) -> None:
    """R7: 12 mutual rivals sit in 12 pods, where 8 were nearest to the target; the other region keeps its 8."""
    found = divide(crowded, Effort(steps=200_000))

    assert isinstance(found, Division)
    assert 12 + 8 == len(found.members)


def test_a_first_division_that_is_hard_to_search_for_is_packed(make: Any) -> None:
    """R7: 15 tied pairs and 15 mutual rivals in pods of three: one of each in every pod: found with few steps."""
    names = [f"p{at:02}@acme.example" for at in range(45)]
    rules = make.ruleset(
        make.rule("size", "pod-size", min=3, target=3, max=3),
        make.rule("friends", "together", pairs=tuple(zip(names[:30:2], names[1:30:2], strict=True))),
        make.rule("rivals", "apart", pairs=tuple(combinations(names[30:], 2))),
    )
    question = pose(rules, make.register({name[:3]: {} for name in names}), DAY)
    found = divide(question, Effort(steps=100))

    assert isinstance(found, Division)
    assert {3} == {len(members) for members in found.members}
    assert [] == breaches(question, [Seated("", members, None) for members in found.members])


def test_nobody_to_seat_is_no_pods(make: Any) -> None:
    """Bad input: an empty programme has an empty answer."""
    assert Division((), (), 0) == divide(pose(make.ruleset(), make.register({}), DAY), Effort())
