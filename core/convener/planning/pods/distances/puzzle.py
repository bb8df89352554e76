"""Distances in whole numbers, and the sizes that promise most."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from convener.planning.pods.distances.board import IntArray, Puzzle

BITS = 40
"""Bits of the greatest distance: fine enough for any data, and sums of a thousand by a thousand still fit."""
NEVER = -(1 << 40)
"""Worth of what cannot be, less than of anything that can."""


def puzzle_of(distances: npt.ArrayLike, sizes: Sequence[tuple[int, int]]) -> Puzzle:
    """Return *distances* (n x n, symmetric, the diagonal does not count) times a power of two, as whole numbers.

    So sums never round, and repeat whatever the order and the machine. Raises ValueError for sizes that cannot hold n,
    and for distances that are not square, finite and symmetric.
    """
    given = np.array(distances, dtype=np.float64)
    count = len(given)
    given = given.reshape(0, 0) if count == 0 else given
    if given.shape != (count, count) or not np.isfinite(given).all() or (given != given.T).any():
        raise ValueError("distances must be a square of finite numbers, the same both ways")
    np.fill_diagonal(given, 0)
    least, most = (np.array([size[at] for size in sizes], dtype=np.int64) for at in (0, 1))
    if not least.sum() <= count <= most.sum() or (least > most).any() or (least < 0).any():
        raise ValueError(f"groups of {int(least.sum())} to {int(most.sum())} elements in all cannot hold {count}")
    top = float(np.abs(given).max(initial=0.0))
    shift = BITS - int(np.frexp(top)[1])
    return Puzzle(np.rint(np.ldexp(given, shift)).astype(np.int64), least, most, shift)


def promising_sizes(puzzle: Puzzle) -> list[int]:
    """Return the sizes that would be best were all distances equal: most pairs when they are gains, fewest when costs.

    Exact, by dynamic programming over the groups. Distances that differ seldom outweigh a pair more or less.
    """
    count = len(puzzle.distance)
    sign = 1 if int(puzzle.distance.sum()) > 0 else -1
    value = np.full(count + 1, NEVER, dtype=np.int64)
    value[0] = 0
    chosen: list[IntArray] = []
    for least, most in zip(puzzle.least.tolist(), puzzle.most.tolist(), strict=True):
        found, sizes = np.full(count + 1, NEVER, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
        for size in range(least, min(most, count) + 1):
            added = value[: count + 1 - size] + sign * (size * (size - 1) // 2)
            better = added > found[size:]
            found[size:][better] = added[better]
            sizes[size:][better] = size
        value = found
        chosen.append(sizes)
    return _read_back(chosen, count)


def _read_back(chosen: list[IntArray], left: int) -> list[int]:
    found: list[int] = []
    for sizes in reversed(chosen):
        found.append(int(sizes[left]))
        left -= found[-1]
    return found[::-1]


def ceiling(puzzle: Puzzle) -> int:
    """Return a sum, in the units of *puzzle*, that no division exceeds: everyone with those farthest away."""
    count = len(puzzle.distance)
    if count == 0:
        return 0
    others = np.sort(puzzle.distance + np.diag(np.full(count, 2 * NEVER)), axis=1)[:, :0:-1]
    sums = np.concatenate([np.zeros((count, 1), dtype=np.int64), others.cumsum(axis=1)], axis=1)
    fewest, greatest = max(int(puzzle.least.min()), 1), min(int(puzzle.most.max()), count)
    return int(sums[:, fewest - 1 : greatest].max(axis=1).sum()) // 2
