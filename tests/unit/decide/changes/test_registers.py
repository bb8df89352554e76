"""Registers of sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.changes.registers import Recorded, expected, read_row, record_rows, without_status
from convener.errors import UsageError
from convener.model import Attendance, Enrolment, ParticipantStatus, Person, PollRequest, Register, SessionStatus
from convener.rulesets.ruleset import Ruleset

FIRST = "lead/north/1"
AFTER = datetime(2027, 1, 20, 9, tzinfo=UTC)


def ruleset(world: Any) -> Ruleset:
    """Return rules with a table of statuses."""
    table = {"attended": {"counts": True, "present": True}, "missed": {"counts": True, "present": False}}
    made: Ruleset = world.ruleset(rules=(world.rule("attendance-status", **table),))
    return made


def recorded(world: Any, register: Register, **statuses: str) -> Recorded:
    """Take the statuses of the first session in."""
    rows = [Attendance(session=FIRST, person=who, status=status) for who, status in statuses.items()]
    return record_rows(register, ruleset(world), rows, at=AFTER)


def read(world: Any, register: Register | None = None, **values: str) -> Attendance:
    """Read a row of the first session that is right unless *values* says otherwise."""
    row = {"email": "ann@acme.example", "session": "1", "status": "attended", **values}
    return read_row(register or world.register(), ruleset(world), row, at=AFTER, source="a.csv:2")


def test_a_session_is_held_once_everyone_expected_has_a_status(world: Any) -> None:
    """R15: until then it is incomplete, and nobody is marked absent."""
    partly = recorded(world, world.register(), ann="attended", ben="missed")
    whole = recorded(world, partly.register, cat="attended")

    assert ((FIRST,), (), SessionStatus.CONFIRMED) == (
        partly.incomplete, partly.held, partly.register.sessions[FIRST].status,
    )  # fmt: skip
    assert ((), (FIRST,), SessionStatus.HELD) == (whole.incomplete, whole.held, whole.register.sessions[FIRST].status)
    assert ["attendance.recorded", "session.held"] == [event.name for event in whole.events]


def test_the_same_rows_again_change_nothing(world: Any) -> None:
    """R15: a second import counts and records nothing new."""
    once = recorded(world, world.register(), ann="attended", ben="attended", cat="missed")
    again = recorded(world, once.register, ann="attended", ben="attended", cat="missed")

    assert (3, 0, 0) == (once.recorded, once.changed, once.unchanged)
    assert (0, 0, 3, ()) == (again.recorded, again.changed, again.unchanged, again.events)
    assert once.register == again.register


def test_a_correction_is_counted_as_one(world: Any) -> None:
    """Another status for somebody is a change, and an event."""
    once = recorded(world, world.register(), ann="attended")
    corrected = recorded(world, once.register, ann="missed")

    assert (0, 1) == (corrected.recorded, corrected.changed)
    assert "missed" == corrected.register.attendance[FIRST, "ann"].status


def test_a_whole_register_answers_the_coachs_poll(world: Any) -> None:
    """R16: whoever has sent it is not chased; other polls stay open."""
    asked = {
        (poll, FIRST, who): PollRequest(poll=poll, subject=FIRST, person=who, opened=AFTER, closes=AFTER)
        for poll, who in (("register", "cox@coaches.example"), ("engagement", "ann"), ("gone", "ann"))
    }
    held = recorded(world, world.register(polls=asked), ann="attended", ben="attended", cat="attended")
    answered = {key[0]: poll.answered for key, poll in held.register.polls.items()}

    assert {"register": AFTER, "engagement": None, "gone": None} == answered


def test_members_who_are_away_are_not_expected(world: Any) -> None:
    """Somebody on secondment needs no status; a session without a date expects nobody."""
    register = world.register()
    away = Enrolment(person="ben", status=ParticipantStatus.SECONDED, since=date(2026, 11, 1))
    rows = tuple(away if row.person == "ben" else row for row in register.enrolments)
    session = register.sessions[FIRST]
    there = replace(register, enrolments=rows)

    assert ["ann", "cat"] == expected(there, ruleset(world), session)
    assert ["ann", "cat"] == without_status(there, ruleset(world), session)
    assert [] == expected(register, ruleset(world), replace(session, starts=None))


def test_a_row_names_people_and_sessions_as_people_do(world: Any) -> None:
    """An address or an id, the session's id or its number (P11)."""
    row = read(world, engagement="4", note="quiet today")
    same = read(world, email="ann", session=FIRST, engagement="4", note="quiet today")

    assert row == same
    assert (FIRST, "ann", 4, "a.csv:2") == (row.session, row.person, row.engagement, row.source)


def test_a_participant_who_manages_others_is_the_participant(world: Any) -> None:
    """Of two people with one address the one enrolled is meant."""
    register = world.register()
    boss = Person(id="ann@acme.example", name="Ann Hall", email="ann@acme.example")
    people = {"ann@acme.example": boss, **register.people}

    assert "ann" == read(world, replace(register, people=people)).person


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"email": "nobody@acme.example"}, "no person 'nobody@acme.example'"),
        ({"email": "mia@acme.example", "session": FIRST}, "was not a member of lead/north on the day of session 1"),
        ({"session": "7"}, "no dated session numbered '7'"),
        ({"session": "2"}, "session lead/north/2 is not over yet"),
        ({"status": "present"}, "'present' is not a status"),
        ({"engagement": "6"}, "engagement is '6', not a whole number from 1 to 5"),
        ({"engagement": "high"}, "engagement is 'high'"),
    ],
)
def test_what_a_row_cannot_say_is_refused_with_the_reason(world: Any, values: dict[str, str], why: str) -> None:
    """R15: every wrong row says what is wrong with it."""
    with pytest.raises(UsageError) as caught:
        read(world, **values)

    assert why in str(caught.value)
