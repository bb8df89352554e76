"""Proofs of parts of the question."""

from datetime import date
from typing import Any

import pytest

from convener.planning.effort import Effort
from convener.planning.pods.exact import Solved, nearest_sizes, parts_of, solve, torn
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.sizes import Frame, even_frames
from convener.planning.search import Found

DAY = date(2026, 12, 1)
STEPS = 10_000_000


@pytest.fixture
def regions(make: Any) -> PodQuestion:
    """Give eight people of two regions and two teams, whom a rule mixes."""
    people = {name: {"region": name[0], "team": name[1]} for name in ("nx", "ny", "sx", "sy")}
    everyone = {f"{name}{at}": values for name, values in people.items() for at in range(2)}
    rules = make.ruleset(
        make.rule("region", "same", by=("region",)),
        make.rule("size", "pod-size", min=2, target=2, max=2),
        make.rule("mix", "mix", by=("team",), flexible=True),
    )
    return pose(rules, make.register(everyone), DAY)


def test_groups_are_questions_of_their_own(regions: PodQuestion) -> None:
    """R6: each has its people and its frames; together they have all."""
    frames = even_frames(regions) or []

    parts = list(parts_of(regions, frames))

    assert [(0, 2), (2, 2)] == [(part.first, len(part.frames)) for part in parts]
    assert regions.people == tuple(sorted(person for part in parts for person in part.question.people))


def test_what_is_known_is_only_bettered(regions: PodQuestion) -> None:
    """R7: a division that is best is proved so; a worse one is replaced."""
    part = next(parts_of(regions, even_frames(regions) or []))
    worst = Solved((("nx0", "nx1"), ("ny0", "ny1")), (None, None), 2, 0)

    found = solve(part.question, part.frames, Effort(), STEPS, worst)

    assert isinstance(found, Solved)
    assert (0, 0) == (found.cost, found.bound)
    assert isinstance(again := solve(part.question, part.frames, Effort(), STEPS, found), Solved)
    assert (0, 0) == (again.cost, again.bound)


def test_friends_of_two_groups_cannot_sit_together(make: Any) -> None:
    """R6: which is known before anything is searched."""
    people = make.register({"ana": {"region": "n"}, "ben": {"region": "s"}})
    friends = make.rule("friends", "together", pairs=(("ana@acme.example", "ben@acme.example"),))
    question = pose(make.ruleset(friends, make.rule("region", "same", by=("region",))), people, DAY)

    assert torn(question, even_frames(question) or [])
    assert not torn(question, [Frame(0, question.people, 2, 2)])


def test_sizes_near_the_target_are_found_or_proved_impossible(make: Any) -> None:
    """R6: three who stay together need a pod of three; pods of two cannot have them."""
    people = make.register({name: {} for name in "abcde"})
    pairs = (("a@acme.example", "b@acme.example"), ("b@acme.example", "c@acme.example"))
    friends = make.rule("friends", "together", pairs=pairs)
    wide = pose(make.ruleset(friends, make.rule("size", "pod-size", min=1, target=2, max=3)), people, DAY)
    tight = pose(make.ruleset(friends, make.rule("size", "pod-size", min=1, target=2, max=2)), people, DAY)

    found = nearest_sizes(wide, Effort(), STEPS)

    assert isinstance(found, list)
    assert [3, 2] == [frame.most for frame in found]
    assert Found.NONE is nearest_sizes(tight, Effort(), STEPS)


def test_a_model_too_large_is_not_built(make: Any) -> None:
    """R7: many people, or an order with very many values, are left to counting and searching."""
    many = make.register({f"p{at:03}": {"age": str(at)} for at in range(150)})
    near = make.rule("near", "similar", by=("age",), flexible=True)
    plain, ordered = (pose(make.ruleset(*rules), many, DAY) for rules in ((), (near,)))

    assert [True, False] == [next(parts_of(q, even_frames(q) or [])).provable for q in (plain, ordered)]
