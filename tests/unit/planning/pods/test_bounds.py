"""What divisions cost at least, by counting."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.pods.bounds import fewest_pairs, least_cost, least_crossing, tied_pairs
from convener.planning.pods.costs import Seated, score
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame, even_frames

DAY = date(2026, 12, 1)


def divisions(people: Sequence[str], sizes: Sequence[int]) -> Iterator[list[tuple[str, ...]]]:
    """Yield every way to divide *people* into pods of *sizes*."""
    if not sizes:
        yield []
        return
    for members in combinations(people, sizes[0]):
        rest = [person for person in people if person not in members]
        yield from ([members, *others] for others in divisions(rest, sizes[1:]))


@pytest.mark.parametrize("seed", range(12))
def test_no_division_costs_less(make: Any, seed: int) -> None:
    """R7: with values, some of them missing, rules and sizes drawn by chance, no division is cheaper."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = "abcdefgh"[: chance.randint(5, 8)]
    people = {n: {c: chance.choice(["1", "2", "3", "4", "" if c == "t" else "5"]) for c in "tgs"} for n in names}
    pair = tuple(f"{name}@acme.example" for name in chance.sample(names, 2))
    rules = make.ruleset(
        make.rule("size", "pod-size", min=3, target=3, max=3, flexible=True, weight=2),
        make.rule("mix", "mix", by=("t", "s"), flexible=True, weight=3),
        make.rule("same", "same", by=("g",), flexible=True, weight=2),
        make.rule("near", "similar", by=("g", "t"), flexible=True),
        make.rule(*chance.choice([("friends", "together"), ("rivals", "apart")]), pairs=(pair,), flexible=True),
        make.rule("tied", "together", pairs=(tuple(f"{name}@acme.example" for name in names[:2]),)),
    )
    question = pose(rules, make.register(people), DAY)
    frames = even_frames(question)
    assert frames is not None

    size, larger = divmod(len(names), len(frames))
    sizes = [size + 1] * larger + [size] * (len(frames) - larger)
    costs = [
        score(question, [Seated(str(at), pod, None) for at, pod in enumerate(pods)])
        for pods in divisions(question.people, sizes)
        if any({"a", "b"} <= set(pod) for pod in pods)
    ]

    assert 0 < least_cost(question, frames) <= min(costs)


@pytest.mark.parametrize(("people", "pods", "pairs"), [(3, 5, 0), (6, 5, 1), (10, 5, 5), (11, 5, 7), (4, 1, 6)])
def test_an_even_spread_has_the_fewest_pairs(people: int, pods: int, pairs: int) -> None:
    """R7: people who share a value, over pods."""
    assert pairs == fewest_pairs(people, pods)


@pytest.mark.parametrize(
    ("people", "pods", "floors", "pairs"),
    [(3, 5, (2,), 1), (5, 5, (3, 2), 4), (10, 5, (2, 2), 5), (6, 5, (2, 2), 2), (9, 2, (3,), 16), (5, 1, (2, 2), 10)],
)
def test_those_who_stay_together_share_a_pod(people: int, pods: int, floors: tuple[int, ...], pairs: int) -> None:
    """R7: an even spread is no bound where it would tear friends apart."""
    assert pairs == tied_pairs(people, pods, floors)


@pytest.mark.parametrize(
    ("people", "pods", "below", "pairs"),
    [(12, 2, 6, 0), (12, 2, 4, 8), (12, 3, 4, 0), (12, 3, 5, 3), (13, 3, 5, 0), (13, 3, 6, 3), (14, 3, 1, 3)],
)
def test_a_step_tears_one_pod_at_most(people: int, pods: int, below: int, pairs: int) -> None:
    """R7: where the people below a step do not fill whole pods, one pod holds both sides."""
    frame = Frame(0, tuple(map(str, range(people))), people // pods, -(-people // pods))

    assert pairs == least_crossing([frame] * pods, below, people - below)


def test_a_single_pod_is_counted_whole(make: Any) -> None:
    """R7: whoever has no choice costs what they cost: pairs, zones, and pods without a fit coach."""
    people = make.register(
        {name: {"team": name} for name in "abc"},
        coaches=[Coach(id="x@x", years=1)],
        zones={"a": "Asia/Tokyo", "b": "America/Chicago"},
    )
    rules = make.ruleset(
        make.rule("apart", "apart", pairs=(("a@acme.example", "b@acme.example"),), flexible=True, weight=2),
        make.rule("hours", "timezone-overlap", min="3 hours", flexible=True, weight=10),
        make.rule("papers", "coach-accredited", accredited=("icf",), flexible=True, weight=100),
    )
    question = pose(rules, people, DAY)

    assert 2 + 3 * 10 + 100 == least_cost(question, [Frame(0, question.people, 3, 3)])


def test_friends_of_two_groups_stay_apart(make: Any) -> None:
    """R7: nobody sits outside their group, so a pair across groups always costs."""
    people = make.register({name: {"region": name} for name in "ab"})
    rules = make.ruleset(
        make.rule("region", "same", by=("region",)),
        make.rule("friends", "together", pairs=(("a@acme.example", "b@acme.example"),), flexible=True, weight=7),
    )
    question = pose(rules, people, DAY)

    assert 7 == least_cost(question, even_frames(question) or [])
