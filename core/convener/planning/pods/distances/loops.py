"""What a search does element by element, for the compiler; `vectors` does the same where numba is missing."""

from convener.planning.kernel import kernel
from convener.planning.pods.distances.board import Board, IntArray, Scores


@kernel
def warm(board: Board, heat: int) -> None:
    """Make noise of luck at *heat*."""
    for at in range(len(board.luck)):
        board.noise[at] = (heat * board.luck[at]) >> 10


@kernel
def measure(row: IntArray, sums: IntArray, elements: int, one: int, own: int) -> None:
    """Set the row to what *one* would gain in each group, were it merely added there and lost its *own*."""
    for at in range(len(row)):
        row[at] = sums[at * elements + one] - own


@kernel
def partner(now: Scores, row: IntArray, group: IntArray, least: int) -> tuple[int, int]:
    """Return whom to exchange groups with, -1 when nobody gains more than *least*, and the gain with noise.

    *row* is what oneself would gain in each group, one's own barred; *group* is where everyone is.
    """
    near, own, far, noise = now
    top = near[0] - own[0] - 2 * far[0] + row[group[0]] + noise[0]
    for other in range(len(own)):
        gain = near[other] - own[other] - 2 * far[other] + row[group[other]] + noise[other]
        top = max(top, gain)
    if top <= least:
        return -1, least
    for other in range(len(own)):
        if near[other] - own[other] - 2 * far[other] + row[group[other]] + noise[other] == top:
            return other, top
    return -1, least


@kernel
def exchange(board: Board, one: int, other: int) -> None:
    """Let two elements change places."""
    elements, here, there = board.elements, board.group[one], board.group[other]
    left = board.sums[here * elements : (here + 1) * elements]
    right = board.sums[there * elements : (there + 1) * elements]
    leaver = board.distance[one * elements : (one + 1) * elements]
    comer = board.distance[other * elements : (other + 1) * elements]
    for at in range(elements):
        change = comer[at] - leaver[at]
        left[at] += change
        right[at] -= change
    board.group[one], board.group[other] = there, here
    restate(board, here, there)


@kernel
def transfer(board: Board, one: int, there: int) -> None:
    """Let an element go to another group."""
    elements, here = board.elements, board.group[one]
    left = board.sums[here * elements : (here + 1) * elements]
    right = board.sums[there * elements : (there + 1) * elements]
    leaver = board.distance[one * elements : (one + 1) * elements]
    for at in range(elements):
        left[at] -= leaver[at]
        right[at] += leaver[at]
    board.group[one] = there
    board.size[here] -= 1
    board.size[there] += 1
    restate(board, here, there)


@kernel
def restate(board: Board, here: int, there: int) -> None:
    """Set anew what the members of two groups have within them."""
    elements, group, own = board.elements, board.group, board.own
    left = board.sums[here * elements : (here + 1) * elements]
    right = board.sums[there * elements : (there + 1) * elements]
    for at in range(elements):
        if group[at] == here:
            own[at] = left[at]
        elif group[at] == there:
            own[at] = right[at]
