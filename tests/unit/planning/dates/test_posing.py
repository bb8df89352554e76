"""Gathering the question of when pods meet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.errors import DataError
from convener.model import Answer, Commitment, Session, SessionStatus, Slot
from convener.planning.dates.posing import pose
from convener.planning.dates.question import stretch

AT = datetime(2027, 2, 3, 10, tzinfo=UTC)
EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)


def confirmed(number: int = 1, **changes: Any) -> Session:
    """Return a confirmed session of the first pod."""
    session = Session(
        pod="lead/one",
        number=number,
        topic="",
        status=SessionStatus.CONFIRMED,
        starts=AT,
        ends=AT + timedelta(hours=2),
    )
    return replace(session, **changes)


def test_slots_are_sorted_and_those_too_early_left_out(make: Any) -> None:
    """R10: nothing before the programme starts nor before the earliest instant; answers follow their slots."""
    days = [date(2027, 3, 1), date(2027, 1, 10), date(2027, 2, 1), date(2027, 1, 20)]
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})

    question = pose(make.ruleset(), known, make.availability(days, {"ana": "ynin"}), datetime(2027, 1, 25, tzinfo=UTC))

    assert [days[2], days[0]] == [question.day(slot.starts) for slot in question.slots]
    assert (Answer.IF_NEEDED, Answer.YES) == question.answers["ana"]
    assert Answer.NO is question.answer("ben", 0)


def test_what_a_coach_has_agreed_to_is_gathered(make: Any) -> None:
    """R9: sessions of other programmes and confirmed ones of this."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}, "c@x").with_session(confirmed())
    earlier = (AT - timedelta(days=9), AT - timedelta(days=8))
    elsewhere = [Commitment(coach="c@x", pods=1, sessions=(earlier,))]

    question = pose(make.ruleset(), known, make.availability([AT.date()], {}), EARLIEST, elsewhere)

    assert {"c@x": (earlier, stretch(confirmed()))} == question.engaged
    assert {1: confirmed()} == question.pods[0].settled


def test_planning_again_lets_confirmed_dates_go(make: Any) -> None:
    """R10: their dates become slots that everyone can keep; held sessions and those too near stay."""
    near = confirmed(2, starts=EARLIEST + timedelta(hours=5), ends=EARLIEST + timedelta(hours=6))
    held = confirmed(3, status=SessionStatus.HELD, starts=AT + timedelta(days=9), ends=AT + timedelta(days=10))
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    for session in (confirmed(), near, held):
        known = known.with_session(session)
    rules = make.ruleset(make.rule("late", "notice", min="24 hours"))

    question = pose(rules, known, make.availability([date(2027, 3, 1)], {"ana": "n"}), EARLIEST, replan=True)

    assert ({1: confirmed()}, {2: near, 3: held}) == (question.pods[0].movable, question.pods[0].settled)
    assert [AT.date(), date(2027, 3, 1)] == [question.day(slot.starts) for slot in question.slots]
    assert ({0}, Answer.YES, Answer.NO) == (question.unasked, question.answer("ana", 0), question.answer("ana", 1))


def test_a_zone_that_does_not_exist_is_told(make: Any) -> None:
    """Bad input: whose zone it is and what to write."""
    people = make.register({"ana": {}}, zones={"ana": "Europe/Atlantis"})

    with pytest.raises(DataError, match="'Europe/Atlantis', which Ana") as raised:
        pose(make.ruleset(), make.pods(people, {"one": ["ana"]}), make.availability([], {}), EARLIEST)

    assert "Europe/London" in raised.value.hint


def test_a_calendar_that_does_not_exist_is_told(make: Any) -> None:
    """Bad input: whose holidays cannot be known."""
    people = make.register({"ana": {}})
    odd = replace(people, people={"ana": replace(people.people["ana"], holidays="XX")})

    with pytest.raises(DataError, match="holidays of Ana"):
        pose(make.ruleset(), make.pods(odd, {"one": ["ana"]}), make.availability([], {}), EARLIEST)


def test_answers_that_do_not_fit_the_slots_are_refused(make: Any) -> None:
    """Bad input: one answer for each slot, and slots that end after they start."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    short = make.availability([date(2027, 2, 1), date(2027, 2, 2)], {"ana": "y"})
    backward = replace(make.availability([], {}), slots=(Slot(starts=AT, ends=AT - timedelta(hours=1)),))

    with pytest.raises(DataError, match="1 answers to 2 slots"):
        pose(make.ruleset(), known, short, EARLIEST)
    with pytest.raises(DataError, match="no stretch of time"):
        pose(make.ruleset(), known, backward, EARLIEST)
