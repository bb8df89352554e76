"""Days and times as a person reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from convener.errors import DataError
from convener.rendering.moments import clock, day, hours, local, short_day, when, zone_label

LONDON, MELBOURNE = "Europe/London", "Australia/Melbourne"
NINE = datetime(2027, 1, 19, 9, tzinfo=UTC)
FIVE = datetime(2027, 1, 19, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "locale", "expected"),
    [
        (LONDON, "en-GB", "Tuesday 19 January 2027, 09:00\N{EN DASH}17:00 (London time, GMT)"),
        ("Asia/Kathmandu", "en-GB", "Tuesday 19 January 2027, 14:45\N{EN DASH}22:45 (Kathmandu time, UTC+5:45)"),
        (
            "America/New_York",
            "en-US",
            "Tuesday, January 19, 2027, 4:00\u00a0AM \N{EN DASH} 12:00\u00a0PM (New York time, EST)",
        ),
        ("Europe/Berlin", "de-DE", "Dienstag, 19. Januar 2027, 10:00\N{EN DASH}18:00 Uhr (Berlin (Ortszeit), CET)"),
        ("UTC", "en-GB", "Tuesday 19 January 2027, 09:00\N{EN DASH}17:00 (UTC)"),
    ],
)
def test_a_session_in_the_readers_zone_and_manner(zone: str, locale: str, expected: str) -> None:
    """Day, hours and the zone's name, on the reader's own wall clock (P6)."""
    assert expected == when(NINE, FIVE, zone, locale)


def test_a_session_that_ends_on_another_day() -> None:
    """A day in London that runs into the next in Melbourne names both days."""
    days = "Tuesday 19 January 2027, 8:00\u00a0pm \N{EN DASH} Wednesday 20 January 2027, 4:00\u00a0am"

    assert f"{days} (Melbourne time, AEDT)" == when(NINE, FIVE, MELBOURNE, "en-AU")


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2027, 3, 27, 9, tzinfo=UTC), "09:00 (London time, GMT)"),
        (datetime(2027, 3, 29, 9, tzinfo=UTC), "10:00 (London time, BST)"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "01:30 (London time, BST)"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "01:30 (London time, GMT)"),
    ],
)
def test_the_letters_of_the_zone_follow_the_clock_change(instant: datetime, expected: str) -> None:
    """The same hour before and after the clock goes back can be told apart (P6, R11)."""
    assert expected == clock(instant, LONDON, "en-GB")


def test_a_session_over_the_clock_change_names_both() -> None:
    """A session during which the clock changes says so."""
    starts, ends = datetime(2027, 10, 31, 0, tzinfo=UTC), datetime(2027, 10, 31, 3, tzinfo=UTC)

    assert "London time, BST then GMT" == zone_label(starts, ends, LONDON, "en-GB")


def test_a_moment_without_an_end_has_one_hour() -> None:
    """A deadline is a point, not a stretch."""
    assert "09:00" == hours(NINE, None, LONDON, "en-GB")


def test_an_instant_counts_on_the_readers_day() -> None:
    """Late evening in London is the next morning in Melbourne; a plain date is the same everywhere."""
    late = datetime(2027, 1, 19, 20, tzinfo=UTC)

    assert "Tuesday 19 January 2027" == day(late, LONDON, "en-GB")
    assert "Wednesday 20 January 2027" == day(late, MELBOURNE, "en-AU")
    assert "Tuesday 19 January 2027" == day(date(2027, 1, 19), MELBOURNE, "en-AU")


@pytest.mark.parametrize(
    ("locale", "expected"), [("en-GB", "Tue 19 Jan"), ("en-AU", "Tue 19 Jan"), ("de-DE", "Di., 19. Jan.")]
)
def test_a_short_day_fits_a_subject(locale: str, expected: str) -> None:
    """A subject on a phone has room for the day alone."""
    assert expected == short_day(NINE, LONDON, locale)


def test_a_time_without_a_zone_is_refused() -> None:
    """A naive time would be taken for UTC somewhere; it names no instant."""
    with pytest.raises(ValueError, match="without a zone"):
        local(datetime(2027, 1, 19, 9), LONDON)  # noqa: DTZ001 - the naive time is the subject of the test


@pytest.mark.parametrize(("zone", "locale"), [("Europe/Londn", "en-GB"), (LONDON, "xx-??"), ("../etc", "en-GB")])
def test_unknown_zones_and_locales_are_named(zone: str, locale: str) -> None:
    """What nobody knows is said with an example of what would do."""
    with pytest.raises(DataError, match="is unknown") as caught:
        clock(NINE, zone, locale)

    assert "such as" in caught.value.hint


def test_an_hour_that_comes_twice_is_not_remembered_as_one() -> None:
    """Both have the same wall clock, and each its own letters (P6)."""
    first, second = (datetime(2027, 10, 31, 1, 30, fold=fold, tzinfo=ZoneInfo(LONDON)) for fold in (0, 1))

    assert ["London time, BST", "London time, GMT"] == [
        zone_label(one, None, LONDON, "en-GB") for one in (first, second)
    ]


def test_what_was_said_to_one_is_not_said_to_another() -> None:
    """The same instant in another zone or manner is another text, however often it is asked for."""
    said = [short_day(NINE, zone, locale) for zone in (LONDON, MELBOURNE) for locale in ("en-GB", "de-DE")]

    assert said == [short_day(NINE, zone, locale) for zone in (LONDON, MELBOURNE) for locale in ("en-GB", "de-DE")]
    assert 2 == len(set(said))
