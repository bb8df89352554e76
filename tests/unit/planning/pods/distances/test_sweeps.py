"""Sweeps over a board."""

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from convener.planning.pods.distances.board import BEST, NOW, board_of
from convener.planning.pods.distances.puzzle import puzzle_of
from convener.planning.pods.distances.sweeps import settle, sweep


def test_a_sweep_keeps_sizes_and_books(draw: Callable[[int], random.Random]) -> None:
    """R6: the tally, the sizes and the best division are what counting gives."""
    chance = draw(2)
    given = np.array([[chance.randint(0, 50) for _ in range(10)] for _ in range(10)])
    puzzle = puzzle_of(given + given.T, [(2, 4), (3, 3), (1, 5)])
    board = board_of(puzzle, [0] * 3 + [1] * 3 + [2] * 4, seed=9)

    sweep(board, np.full(40, 20 << puzzle.shift, dtype=np.int64))
    anew, best = board_of(puzzle, board.group.tolist(), seed=1), board_of(puzzle, board.best.tolist(), seed=1)

    assert anew.tally[NOW] == board.tally[NOW]
    assert best.tally[NOW] == board.tally[BEST] >= board.tally[NOW]
    assert anew.size.tolist() == board.size.tolist()
    assert all(low <= size <= high for low, size, high in zip((2, 3, 1), board.size, (4, 3, 5), strict=True))


def test_settling_ends_where_no_exchange_gains() -> None:
    """R6: four near pairs of one line are settled as far apart as can be."""
    line = [[abs(one - other) for other in range(4)] for one in range(4)]
    puzzle = puzzle_of(line, [(2, 2)] * 2)
    board = board_of(puzzle, [0, 0, 1, 1], seed=3)

    took = settle(board)

    assert 4 << puzzle.shift == board.tally[BEST]
    assert took >= 2
    assert all(board.group[one] != board.group[other] for one, other in pairwise((0, 1)))
