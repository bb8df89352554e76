"""Work side by side: several starts of one search, or several parts of one plan, on the cores there are.

How much work there is never depends on the machine, so neither does any answer. Compiled kernels let other threads
run, so threads are enough; plain Python takes one piece after the other, for a child process would have to import
everything anew, and would run a script that calls us a second time.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from convener.planning.kernel import COMPILED

STARTS = 2
"""Pieces of work at once, whatever the machine."""
Piece = TypeVar("Piece")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
    """Return what *work* makes of each of *pieces*, in their order.

    *work* must spend its time in compiled kernels to gain anything, and no piece may touch what another one writes.
    """
    if not COMPILED or len(pieces) < 2:  # noqa: PLR2004 - one piece has nobody beside it
        return [work(piece) for piece in pieces]
    with ThreadPoolExecutor(STARTS) as pool:
        return list(pool.map(work, pieces))
