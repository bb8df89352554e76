"""Working hours across zones."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from convener.model import Span
from convener.planning.hours import OFFICE, cadence_days, distance_hours, last_day, least_overlap, working_hours
from convener.rulesets.ruleset import SessionPlan

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        ("Europe/London", "Europe/London", 480),
        ("Australia/Melbourne", "Australia/Perth", 300),
        ("Europe/London", "Australia/Perth", 0),
        ("Europe/London", "America/New_York", 180),
    ],
)
def test_the_least_overlap_is_that_of_the_worst_day(one: str, other: str, minutes: int) -> None:
    """R6: clocks that change on different days count with the day on which least is shared."""
    assert minutes == least_overlap(one, other, OFFICE, *YEAR)


def test_hours_come_from_the_members_window(ruleset: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: the window on members' clocks gives their working hours, the office hours stand in for it."""
    early = rule("early", "session-window", between=("08:00", "14:00"), zone="member")
    ours = rule("ours", "session-window", between=("10:00", "12:00"))

    assert (time(8), time(14)) == working_hours(ruleset(early, ours))
    assert OFFICE == working_hours(ruleset(ours))


@pytest.mark.parametrize(("every", "days"), [("6 weeks", 42), ("10 days", 10), ("1 month", 30), (None, None)])
def test_a_cadence_is_counted_in_days(ruleset: Callable[..., Any], every: str | None, days: int | None) -> None:
    """R10: weeks, days and months are understood."""
    plan = SessionPlan(count=3, length=Span.parse("1 hour"), every=Span.parse(every) if every else None)

    assert days == cadence_days(ruleset(sessions=plan))


def test_the_programme_ends_after_its_longest_gaps(ruleset: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: overlap is asked for up to the last day a session can fall on."""
    gap = rule("gap", "session-gap", min="7 days", max="10 days")

    assert date(2027, 2, 7) == last_day(ruleset(gap))


def test_zones_are_told_apart_in_hours() -> None:
    """R9: how far a coach is from the programme."""
    assert 11 == distance_hours("Europe/London", "Australia/Melbourne", date(2027, 1, 18))
