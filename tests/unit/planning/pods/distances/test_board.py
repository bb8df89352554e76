"""The board that a search works on."""

from convener.planning.pods.distances.board import BEST, DRAWS, NOW, UNIT, board_of, gumbel
from convener.planning.pods.distances.puzzle import puzzle_of


def test_a_board_knows_the_sums_of_its_groups() -> None:
    """R6: what each element has to each group, counted from the distances."""
    puzzle = puzzle_of([[0, 1, 2], [1, 0, 4], [2, 4, 0]], [(1, 2), (1, 2)])
    one = 1 << puzzle.shift

    board = board_of(puzzle, [0, 1, 1], seed=5)

    assert [0, one, 2 * one, 3 * one, 4 * one, 4 * one] == board.sums.tolist()
    assert [0, 4 * one, 4 * one] == board.own.tolist()
    assert [1, 2] == board.size.tolist()
    assert [4 * one, 4 * one] == [board.tally[NOW], board.tally[BEST]]


def test_luck_is_spread_as_gumbel_says() -> None:
    """R8: the mean is Euler's constant; the same numbers in every run."""
    assert DRAWS == len(gumbel())
    assert abs(gumbel().mean() / UNIT - 0.5772) < 0.001
