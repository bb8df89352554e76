"""Coaches change hands at the cost that counting says."""

from collections.abc import Callable
from typing import Any

import pytest

from convener.planning.pods.local import coaching
from convener.planning.pods.local.board import BREACHES, CARRIERS, COST, LIKING
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.seats import first_seats, new_notes, seat, seats_of


def counted(question: Any, frames: Any, seats: Any) -> list[int]:
    """Return breaches, score and preferences of *seats*, counted from nothing."""
    cells = encode(question, frames)
    notes = new_notes(cells, 1)
    seat(cells, notes, seats)
    return [int(notes[at]) for at in (BREACHES, COST, LIKING)]


@pytest.mark.parametrize("seed", range(6))
def test_changes_of_coaches_add_up(world: Callable[..., Any], seed: int) -> None:
    """R6: changes, exchanges and the descent leave the sums that counting gives."""
    question, frames = world(seed)
    cells = encode(question, frames)
    notes = new_notes(cells, seed + 1)
    seat(cells, notes, first_seats(question, frames, None, cells))

    coaching.settle(cells, notes)
    coaching.shuffle_coaches(cells, notes, 1 << 20, 40)
    shuffled = [int(notes[at]) for at in (BREACHES, COST, LIKING)]
    again = counted(question, frames, seats_of(cells))
    coaching.settle(cells, notes)
    settled = [int(notes[at]) for at in (BREACHES, COST, LIKING)]

    assert again == shuffled
    assert counted(question, frames, seats_of(cells)) == settled
    assert settled <= shuffled


def test_settled_coaches_cannot_be_bettered_by_one_change(world: Callable[..., Any]) -> None:
    """R6: no other carrier for any pod costs less."""
    question, frames = world(3)
    cells = encode(question, frames)
    notes = new_notes(cells, 1)
    seat(cells, notes, first_seats(question, frames, None, cells))
    coaching.settle(cells, notes)

    costs = [coaching.change_cost(cells, pod, int(c)) for pod in range(3) for c in range(cells[CARRIERS])]

    assert min(costs) >= 0
