"""Random small questions with every kind of pod rule."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from convener.model import Coach
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.sizes import Frame

DAY = date(2026, 12, 1)
ZONES = ("Europe/London", "Asia/Tokyo", "America/New_York", "Europe/Berlin")


class World(NamedTuple):
    """A question and the pods to fill."""

    question: PodQuestion
    frames: list[Frame]


def make_world(make: Any, seed: int, *, people: int = 14, strict: bool | None = None) -> World:
    """Return a question whose people, rules and weights follow from *seed*; *strict* sets how rules hold."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = [f"p{at:02}" for at in range(people)]
    coaches = [Coach(id=f"c{at}", accredited=frozenset({"pcc"} if at else ()), years=at) for at in range(3)]
    columns = {name: {c: chance.choice(("", "x", "y", "z", "10")) for c in ("team", "grade", "site")} for name in names}
    pairs = [tuple(f"{who}@acme.example" for who in chance.sample(names, 2)) for _ in range(6)]
    zones = {who: chance.choice(ZONES) for who in (*names, *(coach.id for coach in coaches))}

    def rule(name: str, kind: str, *, flexible: bool | None = None, **terms: Any) -> Any:
        soft = (chance.random() < 0.5 if strict is None else not strict) if flexible is None else flexible
        return make.rule(name, kind, flexible=soft, weight=chance.randint(1, 9), **terms)

    rules = [
        rule("size", "pod-size", flexible=True, min=4, target=4, max=4),
        rule("alike", "same", flexible=True, by=("site", "team")),
        rule("mix", "mix", by=("team", "grade")),
        rule("peers", "similar", by=("grade",)),
        rule("boss", "apart", pairs=tuple(pairs[:3])),
        rule("friends", "together", pairs=tuple(pairs[3:])),
        rule("hours", "timezone-overlap", min="4 hours"),
        rule("load", "coach-load", max_pods=1),
        rule("skilled", "coach-accredited", flexible=True, accredited=("pcc",), min_years=1),
    ]
    question = pose(make.ruleset(*rules), make.register(columns, coaches=coaches, zones=zones), DAY)
    return World(question, [Frame(0, question.people, 3, 6)] * 3)


@pytest.fixture
def world(make: Any) -> Callable[..., World]:
    """Give the maker of random questions."""

    def build(seed: int, **how: Any) -> World:
        return make_world(make, seed, **how)

    return build
