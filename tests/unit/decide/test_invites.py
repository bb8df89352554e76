"""Standing invites."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide import Prepared, decide, forecast
from convener.decide.changes import apply_change
from convener.decide.invites import uid_of
from convener.model import (
    CancelSession,
    Dispatch,
    InviteMethod,
    MoveSession,
    NewManager,
    Register,
    Second,
    SessionStatus,
    SwapCoach,
    Withdraw,
)

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def standing(world: Any, *when: str) -> Prepared:
    """Prepare an automation that keeps calendars in step."""
    step = world.step("invite", "session", "calendar")
    made: Prepared = world.prepared(
        world.automation("session.confirmed", step, id="invites", for_each="member", when=when)
    )
    return made


def told(dispatches: tuple[Dispatch, ...]) -> list[tuple[str, str, str, str]]:
    """Return what calendars are told."""
    return [(d.recipient, d.session, d.invite.method.value, d.slot) for d in dispatches if d.invite]


def invited(world: Any, prepared: Prepared) -> Register:
    """Return the register once everyone has been invited."""
    register = world.register()
    after: Register = world.told(register, decide(prepared, register, NOW, NOW))
    return after


def test_everyone_is_invited_once(world: Any) -> None:
    """R12: one invite for each person and session, the coach included; then silence."""
    prepared = standing(world)
    register = world.register()

    plan = decide(prepared, register, NOW, NOW)
    again = decide(prepared, world.told(register, plan), NOW, NOW)

    assert 8 == len(plan.dispatches) == len({d.invite.uid for d in plan.dispatches if d.invite})
    assert {"seq-0"} == {d.slot for d in plan.dispatches}
    assert () == again.dispatches


def test_a_moved_session_sends_one_update_each(world: Any) -> None:
    """P4: the same invite with the next sequence, to everyone of that session and nobody else."""
    prepared = standing(world)
    before = invited(world, prepared)
    after = apply_change(prepared, before, MoveSession(session="lead/north/2", starts=at("2027-03-03T09:00")), NOW)

    plan = decide(prepared, after.register, NOW, NOW)

    everyone = ["ann", "ben", "cat", "cox@coaches.example"]
    assert [(who, "lead/north/2", "REQUEST", "seq-1") for who in everyone] == sorted(told(plan.dispatches))
    assert {uid_of("acme", "lead/north/2", who) for who in everyone} == {
        d.invite.uid for d in plan.dispatches if d.invite
    }


def test_who_withdraws_gets_one_cancel_for_each_invite_and_nothing_more(world: Any) -> None:
    """P5: the others hear nothing, and the person nothing twice."""
    prepared = standing(world)
    before = invited(world, prepared)
    after = apply_change(prepared, before, Withdraw(person="ann", on=date(2027, 1, 11)), NOW).register

    plan = decide(prepared, after, NOW, NOW)

    expected = [("ann", f"lead/north/{n}", "CANCEL", "seq-1") for n in (1, 2)]
    assert expected == told(plan.dispatches)
    assert () == decide(prepared, world.told(after, plan), NOW, NOW).dispatches


def test_a_past_session_is_left_in_peace(world: Any) -> None:
    """Nobody is told that a session they have been to is off."""
    prepared = standing(world)
    before = invited(world, prepared)
    later = at("2027-01-25T09:00")
    after = apply_change(prepared, before, Withdraw(person="ann", on=date(2027, 1, 25)), later).register

    assert [("ann", "lead/north/2", "CANCEL", "seq-1")] == told(decide(prepared, after, later, later).dispatches)


@pytest.mark.parametrize("now", ["2027-01-19T09:00", "2027-01-19T12:00", "2027-01-19T17:00", "2027-01-20T09:00"])
@pytest.mark.parametrize("status", [SessionStatus.CONFIRMED, SessionStatus.HELD])
def test_a_session_that_has_begun_is_not_taken_out_of_calendars(world: Any, now: str, status: SessionStatus) -> None:
    """R12: from its start on, at its end and once held, nobody is told that it is off."""
    prepared = standing(world)
    before = invited(world, prepared)
    after = before.with_session(replace(before.sessions["lead/north/1"], status=status))

    assert () == decide(prepared, after, at("2027-01-19T08:00"), at(now)).dispatches


def test_a_session_held_before_its_time_is_left_alone(world: Any) -> None:
    """R12: the register says it took place, whatever the calendar still shows."""
    prepared = standing(world)
    before = invited(world, prepared)
    early = replace(before.sessions["lead/north/1"], status=SessionStatus.HELD, starts=at("2027-01-10T09:00"))

    assert () == decide(prepared, before.with_session(early), NOW, NOW).dispatches


def test_who_withdraws_during_a_session_gets_cancels_for_those_ahead_only(world: Any) -> None:
    """P5: the session they have just sat in stays in their calendar."""
    prepared = standing(world)
    before = invited(world, prepared)
    noon = at("2027-01-19T12:00")
    after = apply_change(prepared, before, Withdraw(person="ann", on=date(2027, 1, 19)), noon).register

    assert [("ann", "lead/north/2", "CANCEL", "seq-1")] == told(decide(prepared, after, noon, noon).dispatches)


def test_a_cancelled_session_is_taken_out_of_every_calendar(world: Any) -> None:
    """R12: one cancel each."""
    prepared = standing(world)
    before = invited(world, prepared)
    off = before.with_session(replace(before.sessions["lead/north/1"], status=SessionStatus.CANCELLED))

    plan = decide(prepared, off, NOW, NOW)

    assert {InviteMethod.CANCEL} == {d.invite.method for d in plan.dispatches if d.invite}
    assert 4 == len(plan.dispatches)


def test_a_new_coach_is_invited_and_the_former_one_let_go(world: Any) -> None:
    """R2: from the day of the change; earlier sessions stay with the former coach."""
    prepared = standing(world)
    change = SwapCoach(pod=world.pod, on=date(2027, 2, 1), coach="dan@coaches.example")
    after = apply_change(prepared, invited(world, prepared), change, NOW).register

    expected = [
        ("cox@coaches.example", "lead/north/2", "CANCEL", "seq-1"),
        ("dan@coaches.example", "lead/north/2", "REQUEST", "seq-0"),
    ]
    assert expected == sorted(told(decide(prepared, after, NOW, NOW).dispatches))


def test_who_comes_back_is_invited_again_with_a_higher_sequence(world: Any) -> None:
    """R12: a sequence never falls, so that calendars believe it."""
    prepared = standing(world)
    before = invited(world, prepared)
    away = apply_change(prepared, before, Second(person="ann", on=date(2027, 2, 1), until=date(2027, 6, 1)), NOW)
    gone = world.told(away.register, decide(prepared, away.register, NOW, NOW))
    back = replace(gone, memberships=before.memberships, enrolments=before.enrolments)

    assert [("ann", "lead/north/2", "REQUEST", "seq-2")] == told(decide(prepared, back, NOW, NOW).dispatches)


def test_other_changes_and_topics_stay_silent(world: Any) -> None:
    """P4: a corrected topic or a new manager is no news for a calendar."""
    prepared = standing(world)
    before = invited(world, prepared)
    change = NewManager(person="ann", on=date(2027, 1, 12), name="New Hall", email="new@acme.example")
    after = apply_change(prepared, before, change, NOW).register
    after = after.with_session(replace(after.sessions["lead/north/1"], topic="Data"))

    assert () == decide(prepared, after, NOW, NOW).dispatches


def test_what_is_undecided_changes_nothing(world: Any) -> None:
    """An unknown fact neither invites nor cancels."""
    register = invited(world, standing(world))

    assert () == decide(standing(world, "attendance.present"), register, NOW, NOW).dispatches


def test_a_cancelled_session_cancels_every_invite_and_sends_nothing_else(world: Any) -> None:
    """P3, R17: calendars are told once, no reminder and no toolkit follow."""
    step = world.step("invite", "session", "calendar")
    prepared = world.prepared(
        world.automation("session.confirmed", step, id="invites", for_each="member"),
        world.automation("2 working days before session.starts, at 09:00", id="remind"),
        world.automation("2 hours after session.held", id="toolkit", for_each="manager"),
    )
    before = invited(world, prepared)
    changed = apply_change(prepared, before, CancelSession(session="lead/north/2", reason="snow"), NOW)
    after = replace(changed.register, events=(*before.events, *changed.events))
    plan = forecast(prepared, after, NOW, at("2027-04-30T09:00"))
    about = tuple(dispatch for dispatch in plan.dispatches if dispatch.session == "lead/north/2")

    everyone = ["ann", "ben", "cat", "cox@coaches.example"]
    assert [(who, "lead/north/2", "CANCEL", "seq-1") for who in everyone] == told(about)
    assert {"invites"} == {dispatch.automation for dispatch in about}
