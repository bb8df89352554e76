"""The budget of one search."""

from convener.planning.effort import Effort, Progress
from convener.planning.pods.distances.meter import PIECE, Meter


def test_steps_are_reported_in_pieces_as_cost() -> None:
    """R8: a sum of distances is a gain, so its negative is the cost; the rest is reported at the end."""
    told: list[Progress] = []

    def watch(progress: Progress) -> bool:
        told.append(progress)
        return False

    effort = Effort(steps=3 * PIECE, watch=watch)
    meter = Meter(effort, 3 * PIECE, shift=2, ceiling=44)

    ended = [meter.took(PIECE, 20), meter.took(5, 28), meter.took(2 * PIECE, 8)]
    meter.report()

    assert [False, False, True] == ended
    assert [(-5, -11, PIECE), (-7, -11, 3 * PIECE + 5)] == [(t.best, t.bound, t.steps) for t in told[:2]]
    assert 3 * PIECE + 5 == effort.spent


def test_a_watch_ends_it() -> None:
    """R8: stopped means that nothing is left."""
    meter = Meter(Effort(watch=lambda progress: True), 10 * PIECE, shift=0, ceiling=0)

    assert meter.took(PIECE, 1)
    assert 0 == meter.left
