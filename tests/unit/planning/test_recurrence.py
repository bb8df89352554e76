"""Dates by a pattern, without any poll."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from convener.errors import UsageError
from convener.model import Coach, DateProposal, DateRange, Span
from convener.planning import availability_from_pattern, pattern_slots, propose_dates
from convener.planning.recurrence import parse
from convener.rulesets.ruleset import SessionPlan

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
MONTHLY = SessionPlan(count=4, length=Span.parse("2 hours"), every=Span.parse("1 month"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("third tuesday 14:00", ["01-19", "02-16", "03-16"]),
        ("every tuesday 14:00", ["01-19", "01-26", "02-02"]),
        ("every 2 weeks on tuesday 14:00", ["01-19", "02-02", "02-16"]),
        ("last friday of the month, 14:00, except 2027-02-26", ["01-29", "03-26", "04-30"]),
    ],
)
def test_patterns_are_read(make: Any, text: str, days: list[str]) -> None:
    """R10: from the start of the programme, on its clock."""
    slots = pattern_slots(make.ruleset(sessions=MONTHLY), text)

    assert days == [f"{slot.starts:%m-%d}" for slot in slots[:3]]
    assert {time(14)} == {slot.starts.time() for slot in slots}


@pytest.mark.parametrize(("text", "said"), [("thirdly tuesday", "'thirdly' is no part"), ("14:00", "no weekday")])
def test_what_is_no_pattern_is_told(text: str, said: str) -> None:
    """Bad input: the word that is not understood, with an example."""
    with pytest.raises(UsageError, match=said) as raised:
        parse(text)

    assert "third tuesday" in raised.value.hint


def test_a_date_that_rules_close_is_replaced_by_one_nearby(make: Any) -> None:
    """R10: the third Tuesday of March is blacked out and the coach is away on that of February."""
    away = Coach(id="c@x", away=(DateRange.parse("2027-02-16"),))
    known = make.pods(make.register({"ana": {}}, coaches=[away]), {"one": ["ana"]}, "c@x")
    rules = make.ruleset(
        make.rule("black", "blackout", dates=("2027-03-16..2027-03-17",)),
        make.rule("gap", "session-gap", min="20 days", max="40 days"),
        make.rule("quorum", "quorum", members="75%", coach=True),
        sessions=MONTHLY,
    )

    answers = availability_from_pattern(rules, known, "third tuesday 14:00")
    found = propose_dates(rules, known, answers, earliest=EARLIEST)

    assert isinstance(found, DateProposal)
    days = [session.starts.date() for session in found.sessions]
    assert [date(2027, 1, 19), date(2027, 4, 20)] == [days[0], days[3]]
    assert days[1] in {date(2027, 2, 9), date(2027, 2, 15), date(2027, 2, 17), date(2027, 2, 23)}
    assert days[2] in {date(2027, 3, 9), date(2027, 3, 15), date(2027, 3, 18), date(2027, 3, 23)}


def test_a_coach_with_several_pods_meets_them_at_other_hours(make: Any) -> None:
    """R10: two pods on the third Tuesday: one at two, the other at another hour of the day or nearby."""
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="c@x")])
    known = make.pods(people, {"one": ["ana"], "two": ["ben"]}, "c@x")
    rules = make.ruleset(sessions=MONTHLY)

    found = propose_dates(
        rules, known, availability_from_pattern(rules, known, "third tuesday 14:00"), earliest=EARLIEST
    )

    assert isinstance(found, DateProposal)
    regular = [session for session in found.sessions if f"{session.starts:%a %H:%M}" == "Tue 14:00"]
    assert len({(session.starts) for session in found.sessions}) == 8
    assert len(regular) >= 4


def test_without_a_text_the_rules_choose(make: Any) -> None:
    """R10: an inflexible session-pattern draws dates from every hour of the window, whole days from its days."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    rules = make.ruleset(
        make.rule("alike", "session-pattern", same=("week-of-month", "weekday", "time")),
        make.rule("hours", "session-window", days=("mon", "wed"), between=("09:30", "12:30")),
        sessions=MONTHLY,
    )
    whole = replace(rules, sessions=replace(MONTHLY, length=Span.parse("1 day")))

    found = propose_dates(rules, known, availability_from_pattern(rules, known, ""), earliest=EARLIEST)

    assert isinstance(found, DateProposal)
    assert 1 == len({(s.starts.weekday(), (s.starts.day - 1) // 7, s.starts.time()) for s in found.sessions})
    assert {time(9, 30), time(10, 30)} == {slot.starts.time() for slot in pattern_slots(rules, "")}
    assert {(time(9, 30), time(12, 30), True)} == {
        (slot.starts.time(), slot.ends.time(), slot.whole_day) for slot in pattern_slots(whole, "")
    }
