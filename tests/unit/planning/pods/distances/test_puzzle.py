"""Distances in whole numbers and promising sizes."""

import math

import pytest

from convener.planning.pods.distances.puzzle import ceiling, promising_sizes, puzzle_of


def test_whole_numbers_stay_exact_and_the_diagonal_does_not_count() -> None:
    """R6: distances are multiplied by a power of two."""
    puzzle = puzzle_of([[7, 3], [3, 7]], [(1, 1)] * 2)

    assert [0, 3, 3, 0] == [math.ldexp(each, -puzzle.shift) for each in puzzle.distance.ravel().tolist()]


@pytest.mark.parametrize(
    ("distances", "sizes"),
    [
        ([[0, 1], [1, 0]], [(2, 2), (1, 2)]),
        ([[0, 1], [1, 0]], [(0, 1)]),
        ([[0, 1], [1, 0]], [(3, 1), (0, 3)]),
        ([[0, 1], [2, 0]], [(1, 1)] * 2),
        ([[0, math.nan], [math.nan, 0]], [(1, 1)] * 2),
        ([[0, 1]], [(1, 1)]),
    ],
)
def test_what_does_not_fit_is_refused(distances: list[list[float]], sizes: list[tuple[int, int]]) -> None:
    """R6: impossible sizes, and distances that are none."""
    with pytest.raises(ValueError, match=r"distances must be|cannot hold"):
        puzzle_of(distances, sizes)


@pytest.mark.parametrize(("sign", "sizes"), [(1, [2, 5, 1]), (-1, [3, 3, 2])])
def test_sizes_promise_most_pairs_of_gains_and_fewest_of_costs(sign: int, sizes: list[int]) -> None:
    """R6: uneven groups have more pairs, even ones fewer."""
    flat = [[sign * (one != other) for other in range(8)] for one in range(8)]

    assert sizes == promising_sizes(puzzle_of(flat, [(2, 3), (2, 5), (1, 3)]))


def test_no_division_exceeds_the_ceiling() -> None:
    """R8: everyone with their farthest; two pairs on a line reach 1 + 1 less than that."""
    line = [[abs(one - other) for other in range(4)] for one in range(4)]
    puzzle = puzzle_of(line, [(2, 2)] * 2)

    assert 5 << puzzle.shift == ceiling(puzzle)
