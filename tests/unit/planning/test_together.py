"""Dates of several programmes at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Coach, Conflict, Membership, Pod, Session, SessionStatus
from convener.planning import ProgrammeDates, propose_dates_together

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(6)]


def two_programmes(make: Any, count: int) -> list[ProgrammeDates]:
    """Return two programmes of one pod each with one coach, who said yes to *count* days."""
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="c@x")])
    answers = make.availability(DAYS[:count], dict.fromkeys(("ana", "ben", "c@x"), "y" * count))
    lead = ProgrammeDates(
        ruleset=make.ruleset(make.rule("q", "quorum", members=1, coach=True)),
        register=make.pods(people, {"one": ["ana"]}, "c@x"),
        availability=answers,
    )
    pods = {"care/one": Pod(id="care/one", name="one")}
    register = replace(
        lead.register,
        programme="care",
        pods=pods,
        memberships=tuple(replace(row, person="ben", pod="care/one") for row in lead.register.memberships),
        coachings=tuple(replace(row, pod="care/one") for row in lead.register.coachings),
    )
    return [lead, replace(lead, ruleset=replace(lead.ruleset, programme="care"), register=register)]


def test_programmes_share_their_coach(make: Any) -> None:
    """R9: two programmes take turns, and the answer is the same in the other order."""
    asked = two_programmes(make, 6)

    found = propose_dates_together(asked, earliest=EARLIEST)
    other = propose_dates_together(asked[::-1], earliest=EARLIEST)

    assert not isinstance(found, Conflict)
    assert not isinstance(other, Conflict)
    assert ["lead", "care"] == [plan.programme for plan in found]
    assert DAYS == sorted(session.starts.date() for plan in found for session in plan.sessions)
    assert [plan.sessions for plan in found] == [plan.sessions for plan in other[::-1]]


def test_a_person_of_two_programmes_is_in_one_place(make: Any) -> None:
    """R10: what one programme has confirmed keeps a member's other pod away from it."""
    lead, care = two_programmes(make, 6)
    at = datetime(2027, 2, 1, 10, tzinfo=UTC)
    held = Session(
        pod="lead/one", number=1, topic="", status=SessionStatus.CONFIRMED, starts=at, ends=at + timedelta(hours=2)
    )
    both = replace(
        care.register,
        coachings=(),
        memberships=(*care.register.memberships, Membership(person="ana", pod="care/one", since=date(2026, 1, 1))),
    )
    free = replace(care, register=both, ruleset=replace(care.ruleset, rules={}))

    found = propose_dates_together([replace(lead, register=lead.register.with_session(held)), free], earliest=EARLIEST)

    assert not isinstance(found, Conflict)
    assert DAYS == sorted(session.starts.date() for plan in found for session in plan.sessions)
    assert DAYS[0] not in {session.starts.date() for session in found[1].sessions}


def test_too_few_dates_for_both_are_a_conflict(make: Any) -> None:
    """R11: five days for six sessions of one coach: both pods are named."""
    found = propose_dates_together(two_programmes(make, 5), earliest=EARLIEST)

    assert isinstance(found, Conflict)
    assert "care/one and lead/one, which share C@X" in found.explanation
