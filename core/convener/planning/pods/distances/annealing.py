"""Simulated annealing of boards, two side by side, in pieces short enough to be stopped between.

Kirkpatrick, Gelatt, Vecchi: "Optimization by simulated annealing", Science 220, 1983. Heat falls in even steps from
where many elements change groups to where hardly any does; both ends are measured on the distances at hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from convener.planning.pods.distances.board import BEST, TURNS, Board
from convener.planning.pods.distances.meter import PIECE, Meter
from convener.planning.pods.distances.sweeps import settle, sweep
from convener.planning.starts import side_by_side

COOLING = 5
"""A quench lowers the heat by one part in 2 to this power at a time."""
CENSUS = 256
"""Turns of elements that a quench judges each heat by, at least."""
LIVELY, CALM = 40, 2
"""Of 100 elements, those who change groups in a sweep where annealing begins, and where it ends."""


@dataclass(frozen=True, slots=True)
class Heats:
    """Where annealing begins and ends, in the distances' units."""

    hot: int
    cold: int

    def warm(self, percent: int) -> int:
        """Return the heat *percent* of the way from cold to hot."""
        return self.cold + (self.hot - self.cold) * percent // 100


def quench(board: Board, meter: Meter) -> Heats:
    """Cool *board* quickly from the greatest distance on, to learn where annealing should begin and end."""
    heat = hot = int(np.abs(board.distance).max(initial=0))
    sweeps = -(-CENSUS // board.elements)
    judged = sweeps * board.elements
    calm = 0
    while heat and calm <= 1:
        before = int(board.tally[TURNS])
        sweep(board, np.full(sweeps, heat, dtype=np.int64))
        changed = (int(board.tally[TURNS]) - before) * 100
        hot = heat if changed >= LIVELY * judged else hot
        calm = calm + 1 if changed < CALM * judged else 0
        heat -= (heat >> COOLING) + 1
        if meter.took(judged * board.elements, int(board.tally[BEST])):
            break
    meter.took(settle(board) * board.elements**2, int(board.tally[BEST]))
    return Heats(hot, min(heat, hot))


def anneal(boards: Sequence[Board], hot: int, cold: int, sweeps: int, meter: Meter) -> None:
    """Cool all boards from *hot* to *cold* in *sweeps* sweeps side by side, or in what budget is left, and settle."""
    step = boards[0].elements ** 2
    count = max(min(sweeps, meter.left // (step * len(boards))), 1)
    heats = hot - (hot - cold) * np.arange(count, dtype=np.int64) // max(count - 1, 1)
    piece = max(PIECE // (step * len(boards)), 1)
    for begin in range(0, count, piece):
        part = heats[begin : begin + piece]
        side_by_side(partial(sweep, heats=part), boards)
        if meter.took(step * len(boards) * len(part), _best(boards)):
            break
    took = side_by_side(settle, boards)
    meter.took(sum(took) * step, _best(boards))


def _best(boards: Sequence[Board]) -> int:
    return max(int(board.tally[BEST]) for board in boards)
