"""Timestamps and durations."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from convener.expressions.moments import (
    FIELDS,
    LENGTHS,
    LONGEST_DURATION,
    LiteralError,
    check_zone,
    in_utc,
    read_duration,
    read_timestamp,
)

AT = datetime(2027, 1, 18, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-01-18T09:30:00Z", AT),
        ("2027-01-18T10:30:00+01:00", AT),
        ("2027-01-18T09:30:00.25Z", AT.replace(microsecond=250_000)),
        ("2024-02-29T00:00:00-00:00", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_a_moment_is_written_as_cel_writes_it(text: str, expected: datetime) -> None:
    """R28: date, time and offset; nothing is guessed."""
    assert expected == read_timestamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-18",
        "2027-01-18 09:30:00Z",
        "2027-01-18T09:30:00",
        "2027-01-18T09:30Z",
        "2027-02-29T00:00:00Z",
        "2027-01-18T24:00:00Z",
        "2027-01-18T09:30:60Z",
        "2027-01-18T09:30:00.1234567Z",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
        "tomorrow",
        "",
    ],
)
def test_what_is_no_moment_is_told_with_an_example(text: str) -> None:
    """R29: the cure shows how one is written."""
    with pytest.raises(LiteralError) as caught:
        read_timestamp(text)

    assert "timestamp('2027-01-18T09:30:00Z')" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36h", timedelta(hours=36)),
        ("1h30m", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        ("-90s", timedelta(seconds=-90)),
        ("250ms", timedelta(milliseconds=250)),
        ("0.000001s", timedelta(microseconds=1)),
        ("2562047h", timedelta(hours=2_562_047)),
    ],
)
def test_a_duration_is_written_as_cel_writes_it(text: str, expected: timedelta) -> None:
    """R28: hours and below, several units one after the other."""
    assert expected == read_duration(text)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("2 days", "write duration('48h')"),
        ("-1d", "write duration('-24h')"),
        ("2 weeks", "write duration('336h')"),
        ("36", "write it in h, m, s or ms"),
        ("1h -30m", "write it in h, m, s or ms"),
        ("0.0000001s", "like duration('36h')"),
        ("1000000h" * 3, "like duration('36h')"),
        ("", "write it in h, m, s or ms"),
    ],
)
def test_what_is_no_duration_is_told_with_its_cure(text: str, cure: str) -> None:
    """R29: days and weeks are turned into hours, because no unit of CEL stands for them."""
    with pytest.raises(LiteralError) as caught:
        read_duration(text)

    assert cure in caught.value.hint


def test_only_zones_of_the_world_may_be_written() -> None:
    """A zone in quotes is one of IANA's; offsets do not know summer."""
    assert "Asia/Kathmandu" == check_zone("Asia/Kathmandu")
    for name in ("Europe/Lodnon", "+02:00", "", "../etc/passwd", "Europe"):
        with pytest.raises(LiteralError):
            check_zone(name)


@pytest.mark.parametrize(
    ("name", "utc", "kathmandu"),
    [
        ("getFullYear", 2026, 2027),
        ("getMonth", 11, 0),
        ("getDate", 31, 1),
        ("getDayOfMonth", 30, 0),
        ("getDayOfYear", 364, 0),
        ("getDayOfWeek", 4, 5),
        ("getHours", 18, 0),
        ("getMinutes", 30, 15),
        ("getSeconds", 7, 7),
    ],
)
def test_a_moment_is_read_on_the_wall_clock_of_a_zone(name: str, utc: int, kathmandu: int) -> None:
    """P6: New Year's Eve in UTC is New Year's Day further east, and months count from 0 as in CEL."""
    eve = datetime(2026, 12, 31, 18, 30, 7, tzinfo=UTC)

    assert [utc, utc, kathmandu] == [FIELDS[name](eve), FIELDS[name](eve, ""), FIELDS[name](eve, "Asia/Kathmandu")]


def test_a_zone_that_is_not_there_leaves_the_answer_open() -> None:
    """CEL calls it an error; offsets are read as CEL reads them."""
    zones = ("Nowhere/Else", "+02:00", "-02:30", "05:45", "+25:00", "+02:60", "Europe")

    assert [None, 11, 7, 15, None, None, None] == [FIELDS["getHours"](AT, zone) for zone in zones]


def test_time_ends_where_that_of_cel_ends() -> None:
    """The first morning has no yesterday; after the last evening it is the year 10000 in the east."""
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

    assert None is FIELDS["getFullYear"](first, "America/New_York")
    assert [10_000, 1, 6] == [FIELDS[name](last, "Asia/Tokyo") for name in ("getFullYear", "getDate", "getDayOfWeek")]


def test_lengths_are_cut_off_towards_zero() -> None:
    """Minus ninety minutes are minus one hour."""
    length = timedelta(minutes=-90, seconds=-1)

    assert {"getHours": -1, "getMinutes": -90, "getSeconds": -5401} == {name: f(length) for name, f in LENGTHS.items()}
    assert 2_562_047 == LENGTHS["getHours"](LONGEST_DURATION)


def test_moments_are_compared_in_utc() -> None:
    """P6: in a shared zone Python would subtract wall clocks, an hour off across a change of clocks."""
    london = ZoneInfo("Europe/London")
    before, after = datetime(2026, 10, 25, 0, 30, tzinfo=london), datetime(2026, 10, 25, 2, 30, tzinfo=london)

    assert timedelta(hours=3) == in_utc(after) - in_utc(before)  # type: ignore[operator]  # None only beyond the calendar
    assert None is in_utc(None)
