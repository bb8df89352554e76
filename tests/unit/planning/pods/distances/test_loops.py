"""The loops for the compiler, against counting anew and against the same by numpy."""

import random
from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from convener.planning.pods.distances import loops, vectors
from convener.planning.pods.distances.board import Board, Puzzle, Scores, board_of
from convener.planning.pods.distances.puzzle import puzzle_of


def drawn(chance: random.Random) -> tuple[Puzzle, list[int]]:
    """Return a puzzle of nine elements in three groups and a division."""
    given = np.array([[chance.randint(-9, 30) for _ in range(9)] for _ in range(9)])
    return puzzle_of(given + given.T, [(2, 4)] * 3), [0, 0, 0, 1, 1, 1, 2, 2, 2]


def same(board: Board, groups: list[int], puzzle: Puzzle) -> bool:
    """Tell whether *board* is as if laid out for *groups*."""
    anew = board_of(puzzle, groups, seed=1)
    return all((getattr(board, part) == getattr(anew, part)).all() for part in ("group", "size", "sums", "own"))


@pytest.mark.parametrize("room", [loops, vectors])
@pytest.mark.parametrize("seed", range(3))
def test_changes_leave_the_board_as_if_laid_out_anew(
    room: ModuleType, seed: int, draw: Callable[[int], random.Random]
) -> None:
    """R6: after an exchange and a transfer every sum is what counting gives."""
    puzzle, groups = drawn(draw(seed))
    board = board_of(puzzle, groups, seed=1)

    room.exchange(board, 0, 8)
    room.transfer(board, 4, 2)

    assert same(board, [2, 0, 0, 1, 2, 1, 2, 2, 0], puzzle)


@pytest.mark.parametrize("room", [loops, vectors])
def test_the_best_partner_gains_what_recounting_says(room: ModuleType, draw: Callable[[int], random.Random]) -> None:
    """R6: of all exchanges of one element the best is found, and its gain is exact."""
    puzzle, groups = drawn(draw(7))
    board = board_of(puzzle, groups, seed=1)
    totals: dict[int, int] = {}
    for other in range(3, 9):
        swapped = [groups[other], *groups[1:other], groups[0], *groups[other + 1 :]]
        totals[other] = int(board_of(puzzle, swapped, seed=1).tally[0] - board.tally[0])

    room.measure(board.row, board.sums, 9, 0, board.own[0])
    board.row[0] = -(1 << 60)
    scores = Scores(board.sums[:9], board.own, board.distance[:9], board.noise[:9])
    other, gain = room.partner(scores, board.row, board.group, -(1 << 59))

    assert max(totals.values()) == gain == totals[other]
    assert -1 == room.partner(scores, board.row, board.group, gain)[0]


def test_noise_is_luck_times_heat(draw: Callable[[int], random.Random]) -> None:
    """R8: loops and numpy make the same noise."""
    puzzle, groups = drawn(draw(1))
    one, other = (board_of(puzzle, groups, seed=1) for _ in range(2))

    loops.warm(one, 3000)
    vectors.warm(other, 3000)

    assert one.noise.tolist() == other.noise.tolist() == [3000 * luck >> 10 for luck in one.luck.tolist()]
