"""Public holidays and working days."""

from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays
from holidays import registry

_SATURDAY = 5


def calendar_codes() -> frozenset[str]:
    """Return the two-letter codes of every country with a calendar."""
    return frozenset(codes[1] for codes in registry.COUNTRIES.values())


def subdivisions(country: str) -> tuple[str, ...]:
    """Return the regions of *country* that have a calendar of their own; raise ValueError on an unknown country."""
    return tuple(_calendar(country, "", ()).subdivisions)


@lru_cache(maxsize=256)
def holiday_dates(code: str, first: int, last: int) -> Mapping[date, str]:
    """Return the public holidays of the years *first* to *last*, both included, by date with their names.

    *code* is a country or a country and a region, `IE`, `GB-ENG` or `AU-VIC`; an empty code has no holidays.
    Raises ValueError on a code without a calendar.
    """
    country, _, region = code.partition("-")
    found = dict(_calendar(country, region, tuple(range(first, last + 1)))) if code else {}
    return MappingProxyType(dict(sorted(found.items())))


def _calendar(country: str, region: str, years: tuple[int, ...]) -> holidays.HolidayBase:
    name = f"{country}-{region}" if region else country
    if country not in calendar_codes():
        raise ValueError(f"{name!r} is not a holiday calendar, for example 'GB-ENG', 'AU-VIC' or 'IE'")
    try:
        return holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError:
        raise ValueError(f"{country} has no holiday calendar for {region!r}") from None


def is_working_day(day: date, closed: Container[date]) -> bool:
    """Tell whether *day* is neither a weekend nor one of the *closed* days."""
    return day.weekday() < _SATURDAY and day not in closed


def shift_working_days(day: date, count: int, closed: Container[date]) -> date:
    """Return the day *count* working days after *day*, before it when negative; no count gives *day* itself."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, closed)
    return day
