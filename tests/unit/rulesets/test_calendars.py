"""Holidays and working days."""

from datetime import date

import pytest

from convener.rulesets.calendars import (
    calendar_codes,
    holiday_dates,
    is_working_day,
    shift_working_days,
    subdivisions,
)


@pytest.mark.parametrize(
    ("code", "day", "is_closed"),
    [
        ("GB-ENG", date(2027, 3, 29), True),
        ("GB-SCT", date(2027, 3, 29), False),
        ("GB-SCT", date(2027, 11, 30), True),
        ("AU-VIC", date(2027, 3, 8), True),
        ("AU-NSW", date(2027, 3, 8), False),
        ("IE", date(2027, 3, 17), True),
    ],
)
def test_a_region_has_its_own_holidays(code: str, day: date, is_closed: bool) -> None:
    """Easter Monday, St Andrew's, Labour Day and St Patrick's fall where they are kept."""
    assert is_closed == (day in holiday_dates(code, 2027, 2027))


def test_both_years_are_included() -> None:
    """Years are counted from the first to the last."""
    years = {day.year for day in holiday_dates("GB-ENG", 2026, 2028)}

    assert {2026, 2027, 2028} == years


def test_no_code_has_no_holidays() -> None:
    """A client without a calendar works every weekday."""
    assert {} == holiday_dates("", 2027, 2027)


@pytest.mark.parametrize("code", ["XX", "GB-XX", "GBR", "gb", "Britain", "-ENG"])
def test_an_unknown_code_is_refused(code: str) -> None:
    """A code without a calendar is an error and not an empty one."""
    with pytest.raises(ValueError, match="holiday calendar"):
        holiday_dates(code, 2027, 2027)


def test_countries_and_regions_are_known() -> None:
    """Names for a hint are at hand."""
    assert {"GB", "AU", "IE"} <= calendar_codes()
    assert "ENG" in subdivisions("GB")


def test_weekends_and_holidays_are_no_working_days() -> None:
    """A working day is a weekday nobody keeps."""
    closed = holiday_dates("GB-ENG", 2027, 2027)

    days = [date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 27), date(2027, 3, 29), date(2027, 3, 30)]
    assert [True, False, False, False, True] == [is_working_day(day, closed) for day in days]


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2027, 3, 30), -2, date(2027, 3, 24)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2027, 3, 27), 1, date(2027, 3, 30)),
        (date(2027, 3, 27), 0, date(2027, 3, 27)),
        (date(2027, 3, 30), -7, date(2027, 3, 17)),
    ],
)
def test_working_days_are_counted_over_easter(day: date, count: int, expected: date) -> None:
    """Good Friday, the weekend and Easter Monday do not count."""
    assert expected == shift_working_days(day, count, holiday_dates("GB-ENG", 2027, 2027))
