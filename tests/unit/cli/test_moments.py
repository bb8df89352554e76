"""Days and instants as typed and as shown."""

from datetime import UTC, date, datetime

import pytest

from convener.cli.moments import parse_day, parse_instant, shown
from convener.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"), [("2027-03-01", date(2027, 3, 1)), ("2027-03-01T09:00", date(2027, 3, 1))]
)
def test_a_day(text: str, expected: date) -> None:
    """A date, or the date of a date-time."""
    assert expected == parse_day(text)


def test_no_day() -> None:
    """Nothing typed is nothing, not today."""
    assert parse_day("") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-07-01T09:00", datetime(2027, 7, 1, 8, tzinfo=UTC)),
        ("2027-07-01", datetime(2027, 6, 30, 23, tzinfo=UTC)),
        ("2027-07-01T09:00+10:00", datetime(2027, 6, 30, 23, tzinfo=UTC)),
    ],
)
def test_an_instant(text: str, expected: datetime) -> None:
    """On the wall clock of the zone, unless it carries an offset."""
    assert expected == parse_instant(text, "Europe/London")


@pytest.mark.parametrize("text", ["tomorrow", "", "2027-13-01"])
def test_what_is_no_instant(text: str) -> None:
    """Anything else is a usage error with an example."""
    with pytest.raises(UsageError, match="is not a date or a date-time"):
        parse_instant(text, "")


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01T00:00", "2200-01-01T00:00+00:00"])
def test_a_year_in_which_no_programme_runs(text: str) -> None:
    """A slip of the finger is told with the years allowed, before anything reckons with it."""
    with pytest.raises(UsageError, match="in a year in which no programme runs") as instant:
        parse_instant(text, "Europe/London")
    with pytest.raises(UsageError, match="in a year in which no programme runs"):
        parse_day(text)

    assert "name a year from 1970 to 2199" == instant.value.hint


def test_an_instant_shows_its_zone() -> None:
    """People read the day, the wall clock and the zone."""
    assert "Tue 19 Jan 2027 09:00 GMT" == shown(datetime(2027, 1, 19, 9, tzinfo=UTC), "Europe/London")


def test_no_instant_shows_a_dash() -> None:
    """What never comes is a dash."""
    assert "-" == shown(None)
