"""Why a calendar is told or not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from convener.decide import decide
from convener.decide.explanation import Explanation
from convener.model import ProgrammeState, SessionStatus

Ask = Callable[..., Explanation]
AT = "2027-01-11T09:00"


def invites(world: Any, **more: Any) -> Any:
    """Return the standing automation of the pack."""
    step = world.step("invite", "session", "calendar")
    return world.automation("session.confirmed", step, **{"id": "invites", "for_each": "member", **more})


def test_a_new_session_is_told(world: Any, ask: Ask) -> None:
    """R12: of the session nearest to the time asked about."""
    told = ask(invites(world), "ann", AT)

    assert ("fire", "lead/north/1") == (told.said, told.subject)
    assert ["acme/lead/invites/invite.session.calendar/lead/north/1/seq-0/ann"] == [each.key for each in told.outcomes]


def test_what_the_calendar_shows_is_not_told_again(world: Any, ask: Ask) -> None:
    """P2: a duplicate is suppressed, with the update it had."""
    register = world.register()
    now = datetime.fromisoformat(f"{AT}+00:00")
    told_already = world.told(register, decide(world.prepared(invites(world)), register, now, now))

    assert ("suppressed(duplicate)", "the calendar shows it already, in update 0") == (
        (told := ask(invites(world), "cox@coaches.example", AT, told_already)).said,
        told.nearest_miss,
    )


def test_who_does_not_belong_to_it_hears_nothing(world: Any, ask: Ask) -> None:
    """P5: one person's invite is nobody else's."""
    assert (
        "Mia@Acme.Example Hall does not belong to lead/north/1 on 2027-01-19"
        == ask(invites(world), "mia@acme.example", AT).nearest_miss
    )
    assert "not_matched" == ask(invites(world, for_each="coach"), "ann", AT).said


def test_a_cancelled_session_says_so(world: Any, ask: Ask) -> None:
    """P3: no reminder, no invite, and why."""
    register = world.register()
    off = replace(register.sessions["lead/north/1"], status=SessionStatus.CANCELLED)

    assert "lead/north/1 is cancelled" == ask(invites(world), "ann", AT, register.with_session(off)).nearest_miss


def test_what_a_calendar_was_told_last_is_the_answer(world: Any, ask: Ask) -> None:
    """R12: of a session that has been held, and of one that is off."""
    register = world.register()
    now = datetime.fromisoformat(f"{AT}+00:00")
    prepared = world.prepared(invites(world))
    invited = world.told(register, decide(prepared, register, now, now))
    session = register.sessions["lead/north/1"]
    held = invited.with_session(replace(session, status=SessionStatus.HELD))
    off = invited.with_session(replace(session, status=SessionStatus.CANCELLED))
    gone = world.told(off, decide(prepared, off, now, now))

    assert "the calendar shows it already, in update 0" == ask(invites(world), "ann", AT, held).nearest_miss
    assert "fire" == ask(invites(world), "ann", AT, off).said
    assert "the calendar was told that it is off, in update 1" == ask(invites(world), "ann", AT, gone).nearest_miss


def test_clauses_count_for_invites_too(world: Any, ask: Ask) -> None:
    """P16: false and unknown, as for everything."""
    assert ["not_matched", "undecided(attendance.present)"] == [
        ask(invites(world, when=[clause]), "ann", AT).said for clause in ("session.number > 1", "attendance.present")
    ]


def test_a_draft_and_a_session_without_a_time_tell_nobody(world: Any, ask: Ask) -> None:
    """R30: calendars stay empty before go; no time, no invite."""
    draft = world.register(state=ProgrammeState.DRAFT, events=())

    assert "suppressed(draft)" == ask(invites(world), "ann", AT, draft).said
    assert (
        "no session of Ann Hall has a time" == ask(invites(world), "ann", AT, world.register(sessions={})).nearest_miss
    )


def test_what_has_begun_is_told_to_nobody(world: Any, ask: Ask) -> None:
    """R12: nobody is invited to what they sit in."""
    assert "lead/north/1 has begun" == ask(invites(world), "ann", "2027-01-19T10:00").nearest_miss
