"""Whether clauses can be true."""

from collections.abc import Callable

import pytest

from convener.decide.reachability import World
from convener.decide.reachability.clauses import can_hold, told
from convener.expressions import Compiled

Read = Callable[..., tuple[Compiled, ...]]


@pytest.mark.parametrize(
    ("sources", "can"),
    [
        (("session.number > 3", "session.number < 5"), True),
        (("session.number > 3", "session.number < 4"), False),
        (("session.number > 9",), False),
        (("session.number % 3 == 0",), True),
        (("session.number % 0 == 0",), False),
        (("participant.active", "participant.status == 'seconded'"), False),
        (("attendance.present", "attendance.status in ['missed', 'apologies']"), False),
        (("attendance.recorded", "!has(attendance.status)"), False),
        (("!has(session.number)",), True),
        (("has(pod.size)", "session.number == 1"), True),
        (("pod.size > 9", "pod.size < 3"), True),
        (("session.number > 9 && pod.size > 3",), False),
        (("session.number > 9 || pod.size > 3",), True),
        (("participant.active", "!participant.active"), False),
        (("session.count == 9",), True),
        (("session.count == 8",), False),
        ((), True),
    ],
)
def test_clauses_are_tried_with_every_value_there_is(
    world: World, read: Read, sources: tuple[str, ...], can: bool
) -> None:
    """R29: never said of a clause that could be true; a fact with too many values could be anything."""
    assert can is can_hold(read(*sources), world, {})


def test_a_fact_that_is_fixed_is_so_everywhere(world: World, read: Read) -> None:
    """What a moment never gives stays unknown, and what it gives to nobody is so of nobody."""
    clauses = read("participant.active")

    assert not can_hold(clauses, world, {"participant.active": False})
    assert not can_hold(read("session.status == 'held'"), world, {"session.status": None})
    assert can_hold(read("!has(session.status)"), world, {"session.status": None})


def test_too_many_ways_are_not_tried(world: World, read: Read) -> None:
    """Facts with many values are left open then, so that nothing untrue is said."""
    names = (
        "session.number", "session.status", "participant.status", "attendance.status", "poll.id", "poll.open",
        "poll.answered", "manager.known", "coach.known", "programme.started", "programme.state",
    )  # fmt: skip
    asked = [name if name.endswith(("known", "open", "answered", "started")) else f"has({name})" for name in names]

    assert can_hold(read(*asked, "session.number > 9"), world, {}) in {True, False}
    assert can_hold(read(*asked), world, {})


def test_names_are_told_in_order() -> None:
    """As a sentence has them."""
    assert "a.b and c.d" == told(["c.d", "a.b"])
