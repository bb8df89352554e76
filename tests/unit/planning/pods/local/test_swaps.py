"""The best swap not made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from convener.planning.effort import Effort
from convener.planning.pods.local.improve import cost, improve
from convener.planning.pods.local.swaps import best_swaps


@pytest.mark.parametrize("seed", range(4))
def test_the_best_swap_is_the_best_of_all(world: Callable[..., Any], seed: int) -> None:
    """R9: no swap that breaks nothing costs less, counted from nothing."""
    question, frames = world(seed, people=10)
    frames = frames[:2]
    found = improve(question, frames, Effort(steps=500))
    breaches, score = cost(question, frames, found)
    seat_of = {person: at for at, members in enumerate(found.members) for person in members}

    told = best_swaps(question, frames, found)

    for one in question.people:
        swaps: list[tuple[int, int]] = []
        for other in question.people:
            if seat_of[other] != seat_of[one]:
                swapped = tuple(
                    tuple(other if who == one else one if who == other else who for who in members)
                    for members in found.members
                )
                after = cost(question, frames, replace(found, members=swapped))
                swaps += [(after[0] - breaches, after[1] - score)] if after[0] <= breaches else []
        assert bool(swaps) is (one in told)
        if swaps:
            partner, pod, change = told[one]
            assert (min(swaps)[1], seat_of[partner]) == (change, pod)
