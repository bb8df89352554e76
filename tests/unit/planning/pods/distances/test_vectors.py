"""The same by numpy: `test_loops` puts both to every question."""

import random
from collections.abc import Callable

from convener.planning.pods.distances import loops, vectors
from convener.planning.pods.distances.board import Scores, board_of
from convener.planning.pods.distances.puzzle import puzzle_of


def test_of_equally_good_partners_both_take_the_first(draw: Callable[[int], random.Random]) -> None:
    """R8: ties fall alike with and without numba."""
    flat = [[0 if one == other else 1 for other in range(8)] for one in range(8)]
    puzzle = puzzle_of(flat, [(4, 4)] * 2)
    board = board_of(puzzle, draw(4).sample([0, 1] * 4, 8), seed=1)
    found: list[tuple[int, int]] = []

    for room in (loops, vectors):
        room.measure(board.row, board.sums, 8, 2, board.own[2])
        here = int(board.group[2])
        board.row[here] = -(1 << 60)
        near, far = board.sums[8 * here : 8 * here + 8], board.distance[16:24]
        found.append(room.partner(Scores(near, board.own, far, board.noise[:8]), board.row, board.group, -1))

    assert found[0] == found[1]
    assert 0 == found[0][1]
