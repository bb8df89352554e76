"""Field types of rule files, beside those of every file: text as ops write it, a value as the core uses it."""

from collections.abc import Collection
from datetime import time
from fractions import Fraction
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel.localedata import locale_identifiers
from pydantic import BeforeValidator

from convener.documents import as_text, closest, nearest, quoted, refuse
from convener.model import DateRange, parse_share
from convener.rulesets.calendars import calendar_codes, subdivisions


def _share(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else parse_share(as_text(value))


def _range(value: object) -> DateRange:
    return value if isinstance(value, DateRange) else DateRange.parse(as_text(value))


def _time(value: object) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(as_text(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a time of day, for example '09:00'") from None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Return the names of every IANA time zone; reads the whole database, so it is asked once."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _locales() -> frozenset[str]:
    return frozenset(name.replace("_", "-") for name in locale_identifiers())


def _near(name: str, names: Collection[str]) -> str:
    """Return the cure when one of *names* is near; the whole list would be too long to help."""
    close = closest(name, sorted(names))
    return nearest(name, [close]) if close else ""


def _zone(value: object) -> str:
    name = as_text(value)
    if name not in _zones():
        message = f"{quoted(name)} is not an IANA time zone, for example 'Europe/London'"
        raise refuse("unknown-zone", message, _near(name, _zones()))
    return ZoneInfo(name).key


def _alike(name: str, locale: str) -> bool:
    return name.replace("_", "-").casefold() == locale.casefold()


def _locale(value: object) -> str:
    name = as_text(value)
    if name not in _locales():
        message = f"{quoted(name)} is not a locale, for example 'en-GB'"
        raise refuse("unknown-locale", message, _near(name, [each for each in _locales() if _alike(name, each)]))
    return name


def _calendar(value: object) -> str:
    name = as_text(value)
    country, _, region = name.partition("-")
    if country not in calendar_codes():
        message = f"{quoted(name)} is not a holiday calendar, for example 'GB-ENG', 'AU-VIC' or 'IE'"
        raise refuse("unknown-calendar", message)
    known = subdivisions(country) if region else ()
    if region and region not in known:
        message = f"{quoted(name)} is not a holiday calendar: {country} has no region {quoted(region)}"
        raise refuse("unknown-calendar", message, nearest(name, [f"{country}-{each}" for each in known]))
    return name


ShareText = Annotated[Fraction, BeforeValidator(_share)]
"""`"75%"`."""
RangeText = Annotated[DateRange, BeforeValidator(_range)]
"""`"2027-08-02..2027-08-27"`."""
TimeText = Annotated[time, BeforeValidator(_time)]
"""`"09:00"`."""
ZoneText = Annotated[str, BeforeValidator(_zone)]
"""`"Europe/London"`."""
LocaleText = Annotated[str, BeforeValidator(_locale)]
"""`"en-GB"`."""
CalendarText = Annotated[str, BeforeValidator(_calendar)]
"""`"GB-ENG"`."""
