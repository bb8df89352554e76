"""The register as a value."""

from datetime import UTC, date, datetime

from convener.model import (
    Coaching,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Register,
    Session,
    event_of,
    holds,
)

MAY = date(2027, 5, 3)
REGISTER = Register(
    client="c",
    programme="p",
    people={"1": Person(id="1", name="Chiara Grant", email="Chiara@x.example")},
    enrolments=(
        Enrolment(person="1", status=ParticipantStatus.ACTIVE, since=date(2027, 1, 1), until=MAY),
        Enrolment(person="1", status=ParticipantStatus.WITHDRAWN, since=MAY),
    ),
    memberships=(Membership(person="1", pod="p/a", since=date(2027, 1, 1), until=MAY),),
    managements=(
        Management(person="1", manager="m", since=date(2027, 1, 1), until=date(2027, 2, 1)),
        Management(person="1", manager="n", since=date(2027, 2, 1)),
    ),
    coachings=(Coaching(pod="p/a", coach="k", since=date(2027, 1, 1)),),
    sessions={f"p/a/{number}": Session(pod="p/a", number=number, topic="t") for number in (10, 2)},
    events=(event_of("programme.live", "c/p", "p", at=datetime(2027, 1, 1, tzinfo=UTC)),),
)


def test_a_row_holds_up_to_but_not_on_its_last_day() -> None:
    """Dated rows are half open, so that one can follow another on the same day (R1)."""
    row = REGISTER.memberships[0]

    assert (True, True, False) == (holds(row, date(2027, 1, 1)), holds(row, date(2027, 5, 2)), holds(row, MAY))


def test_the_register_answers_for_any_day() -> None:
    """Pod, manager, coach and status as of a day (R1, R2)."""
    assert ("p/a", None) == (REGISTER.pod_of("1", date(2027, 2, 1)), REGISTER.pod_of("1", MAY))
    assert ("m", "n") == (REGISTER.manager_of("1", date(2027, 1, 31)), REGISTER.manager_of("1", date(2027, 2, 1)))
    assert ("k", ["1"]) == (REGISTER.coach_of("p/a", MAY), REGISTER.members("p/a", date(2027, 2, 1)))
    assert (["1"], []) == (REGISTER.participants(date(2027, 2, 1)), REGISTER.participants(MAY))
    assert None is REGISTER.status_of("nobody", MAY)


def test_sessions_come_by_number_and_not_by_text() -> None:
    """Session 10 follows session 2."""
    assert [2, 10] == [session.number for session in REGISTER.sessions_of("p/a")]


def test_an_address_is_found_whatever_its_letter_case() -> None:
    """Addresses are compared without letter case (P11)."""
    found = REGISTER.by_email("chiara@X.example")

    assert found is not None
    assert ("1", "Chiara") == (found.id, found.first_name)
    assert None is REGISTER.by_email("nobody@x.example")


def test_the_register_knows_since_when_it_is_live() -> None:
    """The event of going live dates everything that happened in draft."""
    assert datetime(2027, 1, 1, tzinfo=UTC) == REGISTER.live_since
    assert None is Register(client="c", programme="p").live_since


def test_one_session_can_be_replaced() -> None:
    """The rest of the register stays as it is."""
    changed = REGISTER.with_session(Session(pod="p/a", number=2, topic="other"))

    assert ("other", "t") == (changed.sessions["p/a/2"].topic, REGISTER.sessions["p/a/2"].topic)
