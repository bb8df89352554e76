"""Annealing of boards."""

import random
from collections.abc import Callable

import numpy as np
import pytest

from convener.planning.effort import Effort
from convener.planning.pods.distances.annealing import Heats, anneal, quench
from convener.planning.pods.distances.board import BEST, Board, board_of
from convener.planning.pods.distances.meter import Meter
from convener.planning.pods.distances.puzzle import puzzle_of


@pytest.fixture
def boards(draw: Callable[[int], random.Random]) -> list[Board]:
    """Give two boards of twelve elements."""
    chance = draw(3)
    given = np.array([[chance.randint(0, 99) for _ in range(12)] for _ in range(12)])
    puzzle = puzzle_of(given + given.T, [(4, 4)] * 3)
    return [board_of(puzzle, [at % 3 for at in range(12)], seed) for seed in (1, 2)]


def test_a_quench_learns_where_annealing_begins_and_ends(boards: list[Board]) -> None:
    """R8: between the greatest distance and nothing, hot above cold, in units of the distances."""
    board = boards[0]
    before = int(board.tally[BEST])

    heats = quench(board, Meter(Effort(), 10**9, 0, 0))

    assert 0 < heats.cold < heats.hot <= board.distance.max()
    assert board.tally[BEST] > before
    assert Heats(100, 20).warm(50) == 60


def test_annealing_takes_no_more_than_the_budget_and_a_little_to_settle(boards: list[Board]) -> None:
    """R8: sweeps are cut to what is left; both boards end where no exchange gains."""
    effort = Effort(steps=20 * 144)
    meter = Meter(effort, 20 * 144, 0, 0)

    anneal(boards, 1 << 36, 1 << 30, 1000, meter)
    meter.report()

    assert 20 * 144 < effort.spent < 60 * 144
