"""Random changes that keep the books."""

from collections.abc import Callable
from typing import Any

import pytest

from convener.planning.pods.local.board import BREACHES, COST, KIN, SEAT
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.lanes import lanes
from convener.planning.pods.local.search import roam
from convener.planning.pods.local.seats import first_seats, new_notes, seat, seats_of


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("heat", [0, 1 << 12])
def test_the_sums_stay_true(world: Callable[..., Any], seed: int, heat: int) -> None:
    """R6: swaps, moves and trades of knots leave the cost that counting from nothing gives."""
    question, frames = world(seed, strict=seed % 2 == 0)
    cells = encode(question, frames)
    notes, fresh = new_notes(cells, seed + 1), new_notes(cells, 1)
    seat(cells, notes, first_seats(question, frames, None, cells))

    roam(cells, notes, lanes(cells, frames, 1, notes)[0], heat, 600)
    seat(encode(question, frames), fresh, seats_of(cells))

    assert [int(fresh[at]) for at in (BREACHES, COST)] == [int(notes[at]) for at in (BREACHES, COST)]


def test_knots_move_as_one(world: Callable[..., Any]) -> None:
    """R6: people whom an inflexible rule keeps together sit together at the end."""
    question, frames = world(0, strict=True)
    cells = encode(question, frames)
    notes = new_notes(cells, 9)
    seat(cells, notes, first_seats(question, frames, None, cells))

    roam(cells, notes, lanes(cells, frames, 1, notes)[0], 0, 3000)
    seats = [int(cells[cells[SEAT] + person]) for person in range(len(question.people))]

    assert all(at == seats[int(cells[cells[KIN] + person])] for person, at in enumerate(seats))
