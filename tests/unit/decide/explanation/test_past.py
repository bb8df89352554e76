"""The register as it stood."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from convener.decide.explanation.past import as_it_stood
from convener.model import PollRequest, Register, SessionStatus

BEFORE, AFTER = datetime(2027, 1, 18, 9, tzinfo=UTC), datetime(2027, 1, 20, 9, tzinfo=UTC)


def lived(world: Any) -> Register:
    """Return a register whose first session was held, and ann recorded there."""
    held = world.event("session.held", "lead/north/1", AFTER)
    recorded = world.event("attendance.recorded", "lead/north/1", AFTER, "ann")
    register: Register = world.register(held, recorded, attendance=world.attended("lead/north/1", ann="attended"))
    return register.with_session(replace(register.sessions["lead/north/1"], status=SessionStatus.HELD))


def test_what_came_later_is_taken_out(world: Any) -> None:
    """P16: why it did not fire then is not for what is known now."""
    then = as_it_stood(lived(world), BEFORE)

    assert (SessionStatus.CONFIRMED, {}) == (then.sessions["lead/north/1"].status, then.attendance)
    assert ["programme.live"] == [event.name for event in then.events]


def test_what_was_known_stays(world: Any) -> None:
    """The present is the past of tomorrow."""
    register = lived(world)

    assert register == as_it_stood(register, AFTER)


def test_a_row_that_was_changed_later_stays_as_far_as_anybody_knows(world: Any) -> None:
    """Apologies that became something else afterwards were on record before."""
    register = lived(world)
    first = world.event("attendance.recorded", "lead/north/1", BEFORE, "ann")
    twice = replace(register, events=(*register.events[:1], first, *register.events[1:]))

    assert {("lead/north/1", "ann")} == set(as_it_stood(twice, BEFORE).attendance)


def test_answers_and_polls_have_their_time(world: Any) -> None:
    """P8: who had not answered then had not answered."""
    poll = PollRequest(poll="engagement", subject="lead", person="ann", opened=BEFORE, closes=AFTER, answered=AFTER)
    register = world.register(polls={("engagement", "lead", "ann"): poll})

    assert [None] == [each.answered for each in as_it_stood(register, BEFORE).polls.values()]
    assert {} == as_it_stood(register, world.live).polls
