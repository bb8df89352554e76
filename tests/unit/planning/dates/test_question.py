"""The question of when pods meet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Answer, Commitment, Session, SessionStatus
from convener.planning.dates.question import pose, stretch


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
    at = datetime(2027, 2, 3, 10, tzinfo=UTC)
    session = Session(pod="lead/one", number=1, topic="", status=SessionStatus.CONFIRMED, starts=at, ends=at)
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}, "c@x").with_session(session)
    earlier = (at - timedelta(days=9), at - timedelta(days=8))

    question = pose(
        make.ruleset(),
        known,
        make.availability([at.date()], {}),
        at,
        [Commitment(coach="c@x", pods=1, sessions=(earlier,))],
    )

    assert {"c@x": (earlier, stretch(session))} == question.engaged
    assert {1: session} == question.pods[0].settled
