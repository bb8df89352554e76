"""The search as a whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from convener.planning.effort import Effort
from convener.planning.pods.local.improve import cost, improve, usual_steps
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame

ROOT = Path(__file__).parents[5]
OTHER_WAY = """
import json
from datetime import date
from types import SimpleNamespace
from tests.unit.planning.conftest import make_register, make_rule, make_ruleset
from tests.unit.planning.pods.local.conftest import make_world
from convener.planning.effort import Effort
from convener.planning.kernel import COMPILED
from convener.planning.pods.local.improve import improve
make = SimpleNamespace(rule=make_rule, ruleset=make_ruleset, register=make_register)
question, frames = make_world(make, 5)
found = improve(question, frames, Effort(seed=3, steps=3000))
print(json.dumps([COMPILED, found.members, found.coaches]))
"""


def test_compiled_and_plain_kernels_answer_alike(world: Callable[..., Any]) -> None:
    """N6: the same steps give the same division, whether numba is there or not."""
    question, frames = world(5)
    told = subprocess.run(
        [sys.executable, "-c", OTHER_WAY],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)},
    )

    found = improve(question, frames, Effort(seed=3, steps=3000))

    assert [False, *json.loads(json.dumps([found.members, found.coaches]))] == json.loads(told.stdout)


@pytest.mark.parametrize("seed", [2, 9])
def test_a_start_is_never_made_worse(world: Callable[..., Any], seed: int) -> None:
    """R8: what is handed in comes back at least as good, and everyone sits once."""
    question, frames = world(seed)
    first = improve(question, frames, Effort(seed=1, steps=50))

    better = improve(question, frames, Effort(seed=2, steps=2000), start=first)
    same = improve(question, frames, Effort(steps=0), start=better)

    assert cost(question, frames, better) <= cost(question, frames, first)
    assert better.members == same.members
    assert sorted(question.people) == sorted(person for members in better.members for person in members)


def test_two_teams_are_mixed_and_inflexible_pairs_kept(make: Any) -> None:
    """R6: the best division of a small question, found by trying all of them."""
    people = make.register({name: {"team": team} for name, team in zip("abcdef", "xxyyzz", strict=True)})
    rules = make.ruleset(
        make.rule("mix", "mix", by=("team",), flexible=True),
        make.rule("pair", "together", pairs=(("a@acme.example", "b@acme.example"),)),
    )
    question = pose(rules, people, date(2026, 12, 1))
    frames = [Frame(0, question.people, 3, 3)] * 2

    found = improve(question, frames, Effort(steps=2000))
    every = [
        cost(question, frames, replace(found, members=(three, tuple(sorted(set("abcdef") - set(three))))))
        for three in combinations("abcdef", 3)
    ]

    assert min(every) == cost(question, frames, found) == (0, 2)


def test_a_watch_ends_the_search_with_the_best_so_far(world: Callable[..., Any]) -> None:
    """R11: progress is told, and a stop is prompt."""
    question, frames = world(0, people=18)
    effort = Effort(steps=10**9, watch=lambda progress: progress.steps >= 100_000)

    improve(question, frames, effort)

    assert effort.stopped
    assert effort.spent < 200_000


def test_bigger_questions_are_worth_more_steps() -> None:
    """N6: the usual effort grows with the people."""
    sizes = [usual_steps(people) for people in (0, 40, 400, 4000, 10_000)]

    assert sorted(sizes) == sizes
    assert 0 == sizes[0]


def test_a_pod_without_a_coach_is_a_breach(world: Callable[..., Any]) -> None:
    """R6: what the search answers has coaches; without them a division counts one breach a pod more."""
    question, frames = world(2)
    found = improve(question, frames, Effort(steps=500))
    bare = replace(found, coaches=(None,) * 3)

    assert all(found.coaches)
    assert cost(question, frames, bare)[0] >= 1
