"""Wall clocks, working days and quiet hours."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convener.decide.moments.timing import after_quiet, beats, due_of, exists, next_beat, shifted, wall
from convener.decide.moments.triggers import Rhythm, parse_trigger
from convener.model import Span
from convener.rulesets.kinds import QuietHours

LONDON = "Europe/London"
NONE: frozenset[date] = frozenset()


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "expected"),
    [
        (date(2027, 3, 28), time(1, 30), LONDON, "2027-03-28T01:30"),
        (date(2027, 10, 31), time(1, 30), LONDON, "2027-10-31T00:30"),
        (date(2027, 3, 14), time(2, 30), "America/New_York", "2027-03-14T07:30"),
        (date(2027, 10, 3), time(2, 15), "Australia/Lord_Howe", "2027-10-02T15:45"),
        (date(2027, 7, 1), time(9), LONDON, "2027-07-01T08:00"),
    ],
)
def test_gaps_move_forward_and_folds_take_the_first_pass(day: date, clock: time, zone: str, expected: str) -> None:
    """P6: a skipped wall-clock time comes right after the gap's length, a repeated one once."""
    assert at(expected) == wall(day, clock, zone)


@given(
    st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe"])
)
def test_a_daily_rhythm_fires_once_each_local_date(day: date, zone: str) -> None:
    """P6: whatever the clocks do, each local date has its one slot."""
    rhythm = Rhythm(time(1, 30))
    span = (wall(day, time(), zone), wall(day, time(23, 59), zone))

    assert [f"{day}T01:30"] == [slot for _, slot in beats(rhythm, span, zone, day, NONE)]


@pytest.mark.parametrize(
    ("text", "anchor", "due", "slot"),
    [
        ("2 working days before session.starts, at 09:00", "2027-01-19T09:00", "2027-01-15T09:00", "2027-01-15T09:00"),
        ("2 weeks before session.starts, at 09:00", "2027-04-06T08:00", "2027-03-23T09:00", "2027-03-23T09:00"),
        ("1 hour after session.ends", "2027-07-01T16:00", "2027-07-01T17:00", "2027-07-01T18:00"),
        ("1 month before session.starts", "2027-03-31T08:00", "2027-02-28T09:00", "2027-02-28T09:00"),
        ("1 day after session.held, at 10:00", "2027-03-27T16:00", "2027-03-28T09:00", "2027-03-28T10:00"),
        ("session.starts", "2027-07-01T08:00", "2027-07-01T08:00", "2027-07-01T09:00"),
    ],
)
def test_relative_times_follow_the_wall_clock(text: str, anchor: str, due: str, slot: str) -> None:
    """R13: days and longer keep the wall clock, hours are exact; the slot is local date and time."""
    trigger = parse_trigger(text)

    assert not isinstance(trigger, Rhythm)
    assert (at(due), slot) == due_of(trigger, at(anchor), LONDON, NONE)


def test_working_days_honour_holidays() -> None:
    """P12: two working days before Tuesday 6 April 2027 lie before Easter."""
    easter = frozenset({date(2027, 3, 26), date(2027, 3, 29)})

    moved = shifted(at("2027-03-30T08:00"), Span.parse("2 working days"), -1, LONDON, easter)

    assert at("2027-03-24T09:00") == moved


def test_the_next_beat_is_found_across_a_long_gap() -> None:
    """A rhythm of many months still knows when it comes again."""
    rhythm = Rhythm(time(9), weekday=0, months=12, nth=1)

    assert at("2028-01-03T09:00") == next_beat(rhythm, at("2027-01-05T00:00"), LONDON, date(2027, 1, 1), NONE)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2027-01-12T21:00", "2027-01-13T07:30"),
        ("2027-01-13T06:00", "2027-01-13T07:30"),
        ("2027-01-13T07:30", "2027-01-13T07:30"),
        ("2027-01-15T22:00", "2027-01-18T07:30"),
        ("2027-01-16T12:00", "2027-01-18T07:30"),
        ("2027-07-01T18:59", "2027-07-01T18:59"),
        ("2027-07-01T19:00", "2027-07-02T06:30"),
    ],
)
def test_quiet_hours_end_on_the_recipients_wall_clock(instant: str, expected: str) -> None:
    """Nights and weekends are skipped, in summer and in winter time."""
    quiet = QuietHours.model_validate({"from": "20:00", "to": "07:30", "weekends": True})

    assert at(expected) == after_quiet(at(instant), quiet, LONDON)


def test_quiet_hours_within_a_day() -> None:
    """A lunch break is quiet too."""
    quiet = QuietHours.model_validate({"from": "12:00", "to": "13:00"})

    assert at("2027-01-12T13:00") == after_quiet(at("2027-01-12T12:30"), quiet, LONDON)


@pytest.mark.parametrize(("day", "expected"), [(29, True), (30, False), (31, True)])
def test_a_date_may_be_left_out_by_a_zone(day: int, expected: bool) -> None:
    """P6: Samoa had no 30 December 2011."""
    assert expected is exists(date(2011, 12, day), "Pacific/Apia")
