"""The register as one report sees it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from convener.model import Attendance, Enrolment, ParticipantStatus, Register, SessionStatus
from convener.reporting.snapshot import State, take
from convener.rulesets.ruleset import Ruleset

PersonOf = Callable[[str], str]
JONAH = "jonah.quinn@northern.example"


def _states(ruleset: Ruleset, register: Register, person: str, as_of: date) -> list[str]:
    seen = take(ruleset, register, as_of).presences
    return [presence.state.value for presence in seen if presence.person == person]


def _enrolled(register: Register, person: str, *rows: Enrolment) -> Register:
    others = tuple(row for row in register.enrolments if row.person != person)
    return replace(register, enrolments=(*others, *rows))


def test_a_session_before_joining_is_not_applicable(
    ruleset: Ruleset, register: Register, person_of: PersonOf, as_of: date
) -> None:
    """R19: a row for a day before somebody joined is no place of theirs and is counted as outside."""
    jonah = person_of(JONAH)
    late = Enrolment(person=jonah, status=ParticipantStatus.ACTIVE, since=date(2027, 2, 1))
    snapshot = take(ruleset, _enrolled(register, jonah, late), as_of)
    mine = [presence.state for presence in snapshot.presences if presence.person == jonah]

    assert [State.NOT_APPLICABLE, State.RECORDED, State.RECORDED] == mine[:3]
    assert 1 == snapshot.outside


def test_a_secondment_is_neither_present_nor_missing(
    ruleset: Ruleset, register: Register, person_of: PersonOf, as_of: date
) -> None:
    """Sessions while away are not applicable; those after the return are planned again."""
    jonah = person_of(JONAH)
    away = (
        Enrolment(person=jonah, status=ParticipantStatus.ACTIVE, since=date(2027, 1, 4), until=date(2027, 5, 4)),
        Enrolment(person=jonah, status=ParticipantStatus.SECONDED, since=date(2027, 5, 4), until=date(2027, 8, 1)),
        Enrolment(person=jonah, status=ParticipantStatus.ACTIVE, since=date(2027, 8, 1)),
    )
    states = _states(ruleset, _enrolled(register, jonah, *away), jonah, as_of)

    assert ["recorded"] * 3 + ["not applicable"] * 2 + ["planned"] * 4 == states


def test_a_past_session_without_a_row_is_not_recorded(
    ruleset: Ruleset, register: Register, person_of: PersonOf, as_of: date
) -> None:
    """A missing row is neither present nor absent, and the register is not complete."""
    jonah = person_of(JONAH)
    pod = "primary-care/durham"
    kept = {key: row for key, row in register.attendance.items() if key != (f"{pod}/2", jonah)}
    snapshot = take(ruleset, replace(register, attendance=kept), as_of)
    sitting = next(each for each in snapshot.sittings if each.session.id == f"{pod}/2")

    assert ["recorded", "not recorded"] == _states(ruleset, replace(register, attendance=kept), jonah, as_of)[:2]
    assert (False, 7, 8) == (sitting.complete, sitting.recorded, sitting.expected)


def test_rows_of_sessions_after_the_day_are_left_for_later(ruleset: Ruleset, register: Register) -> None:
    """A report as of an earlier day knows nothing of later registers."""
    snapshot = take(ruleset, register, date(2027, 2, 1))

    assert (40, 80) == (len(snapshot.marks), snapshot.later)


def test_a_cancelled_session_has_no_places(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Rows of a cancelled session count nowhere but are accounted for."""
    session = register.sessions["primary-care/durham/3"]
    snapshot = take(ruleset, register.with_session(replace(session, status=SessionStatus.CANCELLED)), as_of)

    assert (112, 8) == (len(snapshot.marks), snapshot.outside)


def test_a_status_nobody_defined_does_not_count(
    ruleset: Ruleset, register: Register, person_of: PersonOf, as_of: date
) -> None:
    """Only the client's own table says what counts."""
    key = ("primary-care/durham/1", person_of(JONAH))
    odd = Attendance(session=key[0], person=key[1], status="asleep")
    snapshot = take(ruleset, replace(register, attendance={**register.attendance, key: odd}), as_of)

    assert (120, 119) == (len(snapshot.marks), len(snapshot.counted))
