"""Sweeps over a board: every element in turn makes the change that the heat bath picks, or stays."""

import numpy as np

from convener.planning.kernel import COMPILED, chance, kernel
from convener.planning.pods.distances import loops, vectors
from convener.planning.pods.distances.board import BEST, DRAWS, NOW, TURNS, Board, IntArray, Scores

warm = loops.warm if COMPILED else vectors.warm
measure = loops.measure if COMPILED else vectors.measure
partner = loops.partner if COMPILED else vectors.partner
exchange = loops.exchange if COMPILED else vectors.exchange
transfer = loops.transfer if COMPILED else vectors.transfer
BARRED = -(1 << 60)
"""Less than any gain."""
LAST = 50
"""Sweeps at most to settle in."""


@kernel
def sweep(board: Board, heats: IntArray) -> None:
    """Sweep over *board* once at each of *heats*, in units of distance.

    An element weighs every exchange with another and every transfer its group's sizes allow at once, each with noise
    of its own (see `gumbel`), against staying.
    """
    elements, sums, own, row, noise = board.elements, board.sums, board.own, board.row, board.noise
    for step in range(len(heats) * elements):
        one = step % elements
        if one == 0:
            warm(board, heats[step // elements])
        here = board.group[one]
        measure(row, sums, elements, one, own[one])
        row[here] = BARRED
        top = noise[chance(board.chance, DRAWS)]
        there = -1
        if board.size[here] > board.least[here]:
            there, top = _place(board, top)
        draw = chance(board.chance, DRAWS)
        near, far = sums[here * elements : (here + 1) * elements], board.distance[one * elements : (one + 1) * elements]
        other, gain = partner(Scores(near, own, far, noise[draw : draw + elements]), row, board.group, top)
        if other >= 0:
            gain -= noise[draw + other]
            exchange(board, one, other)
            _note(board, gain)
        elif there >= 0:
            gain = row[there]
            transfer(board, one, there)
            _note(board, gain)


@kernel
def _note(board: Board, gain: int) -> None:
    """Count a change made, and keep the division when it is the best so far."""
    board.tally[NOW] += gain
    board.tally[TURNS] += gain != 0
    if board.tally[NOW] > board.tally[BEST]:
        board.tally[BEST] = board.tally[NOW]
        board.best[:] = board.group


@kernel
def _place(board: Board, least: int) -> tuple[int, int]:
    """Return the best group to go to, -1 when none gains more than *least*, and the gain with noise."""
    there = -1
    for at in range(board.groups):
        if board.size[at] < board.most[at] and board.row[at] > BARRED:
            gain = board.row[at] + board.noise[chance(board.chance, DRAWS)]
            if gain > least:
                there, least = at, gain
    return there, least


def settle(board: Board) -> int:
    """Make changes that gain until none does; return how many sweeps that took."""
    still = np.zeros(1, dtype=np.int64)
    for at in range(LAST):
        before = int(board.tally[NOW])
        sweep(board, still)
        if board.tally[NOW] == before:
            return at + 1
    return LAST
