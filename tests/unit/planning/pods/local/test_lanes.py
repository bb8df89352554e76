"""What each thread works on."""

from collections.abc import Callable
from typing import Any

from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.lanes import lanes
from convener.planning.pods.local.seats import first_seats, new_notes, seat


def test_lanes_share_no_pod(world: Callable[..., Any]) -> None:
    """N6: two threads never write the same counts, and people come with their pods."""
    question, frames = world(1)
    frames = [*frames, *frames]
    cells = encode(question, frames)
    notes = new_notes(cells, 3)
    seat(cells, notes, first_seats(question, frames, None, cells))

    two = lanes(cells, frames, 2, notes)
    one = lanes(cells, frames, 1, notes)[0]

    assert list(range(6)) == sorted(int(pod) for lane in two for pod in lane.pods)
    assert list(range(14)) == sorted(int(person) for lane in two for person in lane.crowd)
    assert (1, 14, 6) == (one.parts, len(one.crowd), len(one.pods))
