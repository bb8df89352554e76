"""What `loops` does, by numpy: the same numbers, where numba is missing."""

from convener.planning.pods.distances.board import Board, IntArray, Scores


def warm(board: Board, heat: int) -> None:
    """Make noise of luck at *heat*."""
    board.noise[:] = (heat * board.luck) >> 10


def measure(row: IntArray, sums: IntArray, elements: int, one: int, own: int) -> None:
    """Set the row to what *one* would gain in each group, were it merely added there and lost its *own*."""
    row[:] = sums[one::elements]
    row -= own


def partner(now: Scores, row: IntArray, group: IntArray, least: int) -> tuple[int, int]:
    """Return whom to exchange groups with, -1 when nobody gains more than *least*, and the gain with noise.

    *row* is what oneself would gain in each group, one's own barred; *group* is where everyone is.
    """
    near, own, far, noise = now
    gains: IntArray = row[group]
    gains += near
    gains -= own
    gains -= 2 * far
    gains += noise
    other = int(gains.argmax())
    return (other, int(gains[other])) if gains[other] > least else (-1, least)


def exchange(board: Board, one: int, other: int) -> None:
    """Let two elements change places."""
    here, there = int(board.group[one]), int(board.group[other])
    change = _part(board, board.distance, other) - _part(board, board.distance, one)
    _shift(board, here, there, change)
    board.group[one], board.group[other] = there, here
    _restate(board, here, there)


def transfer(board: Board, one: int, there: int) -> None:
    """Let an element go to another group."""
    here = int(board.group[one])
    _shift(board, here, there, -_part(board, board.distance, one))
    board.group[one] = there
    board.size[here] -= 1
    board.size[there] += 1
    _restate(board, here, there)


def _part(board: Board, flat: IntArray, at: int) -> IntArray:
    return flat[at * board.elements : (at + 1) * board.elements]


def _shift(board: Board, here: int, there: int, change: IntArray) -> None:
    left, right = _part(board, board.sums, here), _part(board, board.sums, there)
    left += change
    right -= change


def _restate(board: Board, here: int, there: int) -> None:
    for at in (here, there):
        members = board.group == at
        board.own[members] = _part(board, board.sums, at)[members]
