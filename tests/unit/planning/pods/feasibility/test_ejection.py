"""Seats for those who found none."""

from typing import Any

import pytest

from convener.planning.effort import Effort
from convener.planning.pods.feasibility.bins import Bin, item_of
from convener.planning.pods.feasibility.crowd import Crowd
from convener.planning.pods.feasibility.ejection import seat_left


@pytest.fixture
def latin(crowd: Any, rule: Any) -> Crowd:
    """Give nine people of three teams and three sites, whom only a Latin square divides into pods of three."""
    people = {f"{team}{site}": {"team": team, "site": site} for team in "rgb" for site in "123"}
    known: Crowd = crowd(
        [rule("size", "pod-size", min=3, target=3, max=3), rule("mix", "mix", by=("team", "site"))], people
    )
    return known


def filled(known: Crowd, *pods: str) -> list[Bin]:
    """Return pods of three with these people in them."""
    bins = [Bin(3) for _ in pods]
    for each, names in zip(bins, pods, strict=True):
        for name in names.split():
            each.put(item_of(known, (name,)))
    return bins


def test_others_leave_for_whoever_has_no_seat(latin: Crowd) -> None:
    """R7: r1, g2 and r2, g1 leave no pod for b3 that works for all others: pods are taken apart until all sit."""
    bins = filled(latin, "r1 g2", "r2 g1", "r3 b1")
    left = [item_of(latin, (name,)) for name in ("g3", "b2", "b3")]
    effort = Effort()

    assert seat_left(latin, bins, left, effort)
    assert sorted(latin.question.people) == sorted(person for each in bins for person in each.people)
    assert all(len({p[at] for p in each.people}) == 3 for each in bins for at in (0, 1))
    assert effort.spent > 0


def test_nobody_leaves_without_effort(latin: Crowd) -> None:
    """R8: a search that is to end seats nobody any more."""
    bins = filled(latin, "r1 g2", "r2 g1", "r3 b1")

    assert not seat_left(latin, bins, [item_of(latin, ("b3",))], Effort(stopped=True))
    assert not seat_left(latin, bins, [item_of(latin, ("b3",))], Effort(steps=0))


def test_it_ends_where_there_are_no_seats(latin: Crowd) -> None:
    """Bad input: two pods of three do not hold nine people, whoever leaves."""
    left = [item_of(latin, (name,)) for name in ("r3", "g3", "b1", "b2", "b3")]

    assert not seat_left(latin, filled(latin, "r1 g2", "r2 g1"), left, Effort())
