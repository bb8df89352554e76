"""Changes about sessions and coaches."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.changes.sessions import cancel_session, move_session, swap_coach
from convener.errors import UsageError
from convener.model import CancelSession, MoveSession, SessionStatus, SwapCoach

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
THEN = datetime(2027, 3, 3, 10, tzinfo=UTC)


def test_a_moved_session_keeps_its_length_and_says_so(world: Any) -> None:
    """P4: one event tells both times."""
    changed = move_session(world.register(), MoveSession(session="acme/lead/north/2", starts=THEN), NOW)

    session = changed.register.sessions["lead/north/2"]
    assert (THEN, THEN.replace(hour=18)) == (session.starts, session.ends)
    assert [("session.moved", "2027-03-02T09:00:00+00:00")] == [
        (e.name, e.data["starts_before"]) for e in changed.events
    ]


@pytest.mark.parametrize(
    "change",
    [
        MoveSession(session="lead/north/2", starts=datetime(2027, 3, 3)),  # noqa: DTZ001 - a naive instant is the point
        MoveSession(session="lead/north/2", starts=datetime(2027, 1, 3, tzinfo=UTC)),
        MoveSession(session="lead/north/2", starts=datetime(2027, 3, 2, 9, tzinfo=UTC)),
        MoveSession(session="lead/north/2", starts=THEN, ends=THEN),
        MoveSession(session="lead/north/9", starts=THEN),
    ],
)
def test_moves_that_make_no_sense_are_refused(world: Any, change: MoveSession) -> None:
    """Without an offset, into the past, to where it is, without a length, or of nothing."""
    with pytest.raises(UsageError):
        move_session(world.register(), change, NOW)


def test_a_held_session_stays_where_it_was(world: Any) -> None:
    """The past is not moved."""
    register = world.register()
    held = register.with_session(replace(register.sessions["lead/north/2"], status=SessionStatus.HELD))

    with pytest.raises(UsageError, match="held"):
        move_session(held, MoveSession(session="lead/north/2", starts=THEN), NOW)


def test_a_pod_gets_another_coach_from_the_day(world: Any) -> None:
    """R2: sessions before it keep theirs."""
    change = SwapCoach(pod="north", on=date(2027, 2, 1), coach="dan@coaches.example")

    after = swap_coach(world.register(), change, NOW).register

    days = (date(2027, 1, 31), date(2027, 2, 1))
    assert ["cox@coaches.example", "dan@coaches.example"] == [after.coach_of(world.pod, day) for day in days]


@pytest.mark.parametrize("coach", ["cox@coaches.example", "ann", "nobody@coaches.example"])
def test_coaches_who_cannot_be_are_refused(world: Any, coach: str) -> None:
    """The same one again, a participant, a stranger."""
    with pytest.raises(UsageError):
        swap_coach(world.register(), SwapCoach(pod="north", on=date(2027, 2, 1), coach=coach), NOW)


def test_a_session_that_is_called_off_keeps_its_number_and_its_time(world: Any) -> None:
    """P3: its status is all that changes, and one event tells it."""
    before = world.register().sessions["lead/north/2"]
    changed = cancel_session(world.register(), CancelSession(session="acme/lead/north/2", reason="snow"), NOW)

    assert replace(before, status=SessionStatus.CANCELLED) == changed.register.sessions["lead/north/2"]
    assert [("session.cancelled", "lead/north/2")] == [(event.name, event.subject) for event in changed.events]


@pytest.mark.parametrize(
    ("session", "reason", "match"),
    [
        ("lead/north/1", "snow", "has begun"),
        ("lead/north/2", " ", "with a reason"),
        ("lead/north/9", "snow", "there is no session"),
    ],
)
def test_what_cannot_be_called_off(world: Any, session: str, reason: str, match: str) -> None:
    """What has begun, what is not there, and nothing without a reason."""
    with pytest.raises(UsageError, match=match):
        cancel_session(world.register(), CancelSession(session=session, reason=reason), NOW)


def test_a_session_is_called_off_once(world: Any) -> None:
    """The past and what is off stay as they are."""
    register = world.register()
    off = register.with_session(replace(register.sessions["lead/north/2"], status=SessionStatus.CANCELLED))

    with pytest.raises(UsageError, match="is cancelled"):
        cancel_session(off, CancelSession(session="lead/north/2", reason="snow"), NOW)
