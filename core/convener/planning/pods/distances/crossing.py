"""A child of two divisions: what both agree on stays, the rest is drawn anew."""

import random

import numpy as np

from convener.planning.pods.distances.board import IntArray


def cross(one: IntArray, other: IntArray, groups: int, draw: random.Random) -> IntArray:
    """Return a division of the sizes of *one*; elements that sit together in both parents do so in the child.

    Groups of the parents are matched by the members they share, most first, whatever their numbers, as in crossovers
    that keep a backbone (Galinier, Hao: "Hybrid evolutionary algorithms for graph coloring", Journal of Combinatorial
    Optimization 3, 1999). All three are (elements) arrays of groups.
    """
    shared = np.zeros((groups, groups), dtype=np.int64)
    np.add.at(shared, (one, other), 1)
    match = np.full(groups, -1, dtype=np.int64)
    taken = np.zeros(groups, dtype=np.bool_)
    for place in np.argsort(-shared, axis=None, kind="stable").tolist():
        mine, theirs = divmod(place, groups)
        if match[mine] < 0 and not taken[theirs]:
            match[mine], taken[theirs] = theirs, True
    loose = match[one] != other
    seats = one[loose].tolist()
    draw.shuffle(seats)
    child = one.copy()
    child[loose] = seats
    return child
