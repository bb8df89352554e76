"""From the question to a proposal of dates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Coach, Coaching, Conflict, DateProposal, DateRange, Register, Session, SessionStatus
from convener.planning import propose_dates

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(8)]


def confirmed(register: Register, at: Mapping[int, date]) -> Register:
    """Return *register* with sessions of the first pod confirmed for ten o'clock, by number."""
    for number, day in at.items():
        starts = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        session = Session(
            pod="lead/one",
            number=number,
            topic="",
            status=SessionStatus.CONFIRMED,
            starts=starts,
            ends=starts + timedelta(hours=2),
        )
        register = register.with_session(session)
    return register


def test_an_impossible_series_is_a_conflict(make: Any) -> None:
    """R11: two slots for three sessions are answered by what is in the way, three by dates."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    found = [
        propose_dates(make.ruleset(), known, make.availability(DAYS[:n], {"ana": "y" * n}), earliest=EARLIEST)
        for n in (2, 3)
    ]

    assert [Conflict, DateProposal] == [type(each) for each in found]


def test_planning_again_moves_only_what_no_longer_holds(make: Any) -> None:
    """R10: after a blackout on the second date it alone moves, though other dates would be cheaper."""
    people = make.register({"ana": {}, "ben": {}})
    known = confirmed(make.pods(people, {"one": ["ana", "ben"]}), dict(enumerate(DAYS[2:5], 1)))
    answers = make.availability([*DAYS, date(2027, 2, 19)], {"ana": "yyniiyyyn", "ben": "yyynyyyyi"})
    rules = make.ruleset(
        make.rule("black", "blackout", dates=("2027-02-20..2027-02-23",)),
        make.rule("gap", "session-gap", min="4 days", max="30 days"),
    )

    again = propose_dates(rules, known, answers, earliest=EARLIEST, replan=True)
    kept = propose_dates(rules, known, answers, earliest=EARLIEST)

    assert isinstance(again, DateProposal)
    assert isinstance(kept, DateProposal)
    assert [DAYS[2], date(2027, 2, 19), DAYS[4]] == [session.starts.date() for session in again.sessions]
    assert (("lead/one/2",), ()) == (again.moved, kept.moved)
    assert again.score == again.bound > 0


def test_a_new_coach_who_is_away_moves_one_date(make: Any) -> None:
    """R10: dates the new coach can keep stay, the one on a day away moves, and says where it was."""
    away = Coach(id="new@x", away=(DateRange.parse("2027-02-08..2027-02-09"),))
    people = make.register({"ana": {}}, coaches=[away])
    known = confirmed(make.pods(people, {"one": ["ana"]}, "old@x"), dict(enumerate(DAYS[:3], 1)))
    swapped = replace(known, coachings=(Coaching(pod="lead/one", coach="new@x", since=date(2026, 1, 1)),))
    days = [*DAYS[:3], date(2027, 2, 10)]
    answers = make.availability(days, {"ana": "yyyy", "new@x": "yyyy"})

    found = propose_dates(make.ruleset(), swapped, answers, earliest=EARLIEST, replan=True)

    assert isinstance(found, DateProposal)
    assert ("lead/one/2",) == found.moved
    assert [DAYS[0], days[3], DAYS[2]] == [session.starts.date() for session in found.sessions]
    assert ["confirmed", "proposed", "confirmed"] == [session.status for session in found.sessions]
    assert "it was confirmed for 8 February 2027 10:00" == found.sessions[1].why[0]


def test_people_of_two_pods_are_never_double_booked(make: Any) -> None:
    """R10: two pods that share a person take turns."""
    known = make.pods(make.register({"ana": {}, "ben": {}, "cy": {}}), {"one": ["ana", "ben"], "two": ["ben", "cy"]})
    answers = make.availability(DAYS[:6], dict.fromkeys(("ana", "ben", "cy"), "yyyyyy"))

    found = propose_dates(make.ruleset(), known, answers, earliest=EARLIEST)

    assert isinstance(found, DateProposal)
    assert DAYS[:6] == sorted(session.starts.date() for session in found.sessions)


def test_the_first_session_is_drawn_to_the_start(make: Any) -> None:
    """R10: with a cadence a late start costs 1 for each full three days, and is told under its own name."""
    rules = make.ruleset(
        sessions=replace(make.ruleset().sessions, every=make.ruleset().sessions.length.parse("1 week"))
    )
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})

    found = propose_dates(rules, known, make.availability(DAYS, {"ana": "iyyyyyyy"}), earliest=EARLIEST)

    assert isinstance(found, DateProposal)
    assert DAYS[0] == found.sessions[0].starts.date()
    assert {"answers": 1, "every": 0, "start": 4} == {rule.id: rule.cost for rule in found.rules}
