"""The board of one search: who is in which group, and what each element's distances to each group sum up to.

With those sums an exchange of two elements, or a transfer of one, is judged in constant time and made in time
proportional to the number of elements, as usual for this problem (Lai, Hao: "Iterated maxima search for the
maximally diverse grouping problem", European Journal of Operational Research 254, 2016).
"""

import math
import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from convener.planning.kernel import MODULUS, Ints, ints

IntArray = npt.NDArray[np.int64]
DRAWS = 1 << 13
"""Random numbers in the table of noise."""
UNIT = 1024
"""What 1 is in the table of noise."""
NOW, BEST, TURNS = 0, 1, 2
"""Places in the tally: sum of distances within groups, the greatest so far, exchanges and transfers that changed it."""


class Board(NamedTuple):
    """One search; arrays are flat and change in place."""

    elements: int
    groups: int
    distance: IntArray
    """(elements x elements)"""
    least: IntArray
    """(groups)"""
    most: IntArray
    group: IntArray
    """(elements) the group of each."""
    size: IntArray
    """(groups)"""
    sums: IntArray
    """(groups x elements) distances of each element to the members of a group."""
    own: IntArray
    """(elements) distances of each to the members of its own group."""
    luck: IntArray
    """(DRAWS + elements) `gumbel`, the first ones again at the end."""
    noise: IntArray
    """(DRAWS + elements) luck at the present heat."""
    row: IntArray
    """(groups) room to work in."""
    best: IntArray
    """(elements) the groups of the best division so far."""
    tally: IntArray
    """(3)"""
    chance: Ints
    """(1) its state."""


class Scores(NamedTuple):
    """What decides with whom an element changes places: parts of a board, (elements) each."""

    near: IntArray
    """Distances of others to the members of its group."""
    own: IntArray
    """Distances of others to the members of theirs."""
    far: IntArray
    """Distances of others to it."""
    noise: IntArray


class Puzzle(NamedTuple):
    """Distances in whole numbers and the sizes allowed."""

    distance: IntArray
    """(elements, elements)"""
    least: IntArray
    most: IntArray
    shift: int
    """Power of two that distances were multiplied by."""


def board_of(puzzle: Puzzle, groups: Sequence[int], seed: int) -> Board:
    """Lay out a board on which element i is in group `groups[i]`; *seed* is any whole number."""
    elements, kinds = len(puzzle.distance), len(puzzle.least)
    group = np.array(groups, dtype=np.int64)
    member = np.zeros((kinds, elements), dtype=np.int64)
    member[group, np.arange(elements)] = 1
    sums = member @ puzzle.distance
    own = sums[group, np.arange(elements)]
    total = int(own.sum()) // 2
    luck = gumbel()
    luck = np.concatenate([luck, np.resize(luck, elements)])
    return Board(
        elements=elements,
        groups=kinds,
        distance=puzzle.distance.ravel(),
        least=puzzle.least,
        most=puzzle.most,
        group=group,
        size=member.sum(axis=1),
        sums=sums.ravel(),
        own=own,
        luck=luck,
        noise=np.zeros_like(luck),
        row=np.zeros(kinds, dtype=np.int64),
        best=group.copy(),
        tally=np.array([total, total, 0], dtype=np.int64),
        chance=ints([seed % (MODULUS - 1) + 1]),
    )


@cache
def gumbel() -> IntArray:
    """Return `DRAWS` numbers spread as Gumbel's distribution is, in 1/`UNIT`, in a fixed random order.

    Whoever adds such a number, times a heat, to each of several gains and takes the greatest sum chooses with the
    odds of the heat bath, exp(gain / heat) (Maddison, Tarlow, Minka: "A* sampling", NeurIPS 2014).
    """
    spread = [round(-math.log(-math.log((at + 0.5) / DRAWS)) * UNIT) for at in range(DRAWS)]
    random.Random(DRAWS).shuffle(spread)  # noqa: S311 - no secret
    return np.array(spread, dtype=np.int64)
