"""Field types of rule files, beside those of every file: text as ops write it, a value as the core uses it."""

from collections.abc import Collection
from datetime import time
from fractions import Fraction
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel.localedata import locale_identifiers
from pydantic import BeforeValidator, WithJsonSchema

from convener.documents import as_text, closest, nearest, quoted, refuse, written
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
def zones() -> frozenset[str]:
    """Return the names of every IANA time zone; reads the whole database, so it is asked once."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def locales() -> frozenset[str]:
    """Return the names of every locale that dates can be written in."""
    return frozenset(name.replace("_", "-") for name in locale_identifiers())


def _near(name: str, names: Collection[str]) -> str:
    """Return the cure when one of *names* is near; the whole list would be too long to help."""
    close = closest(name, sorted(names))
    return nearest(name, [close]) if close else ""


def _zone(value: object) -> str:
    name = as_text(value)
    if name not in zones():
        message = f"{quoted(name)} is not an IANA time zone, for example 'Europe/London'"
        raise refuse("unknown-zone", message, _near(name, zones()))
    return ZoneInfo(name).key


def _alike(name: str, locale: str) -> bool:
    return name.replace("_", "-").casefold() == locale.casefold()


def _locale(value: object) -> str:
    name = as_text(value)
    if name not in locales():
        message = f"{quoted(name)} is not a locale, for example 'en-GB'"
        raise refuse("unknown-locale", message, _near(name, [each for each in locales() if _alike(name, each)]))
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


ShareText = Annotated[Fraction, BeforeValidator(_share), written(r"\s*\d{1,3}(\.\d+)? ?%\s*", "75%")]
"""`"75%"`."""
_DAY = r"\d{4}[\dW-]{3,6}"
RangeText = Annotated[
    DateRange, BeforeValidator(_range), written(rf"\s*{_DAY}(\.\.{_DAY})?\s*", "2027-08-02..2027-08-27")
]
"""`"2027-08-02..2027-08-27"`."""
TimeText = Annotated[time, BeforeValidator(_time), written(r"T?\d{2}[\d:.,Z+-]*", "09:00")]
"""`"09:00"`."""
ZoneText = Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string", "format": "zone"})]
"""`"Europe/London"`."""
LocaleText = Annotated[str, BeforeValidator(_locale), WithJsonSchema({"type": "string", "format": "locale"})]
"""`"en-GB"`."""
CalendarText = Annotated[str, BeforeValidator(_calendar), WithJsonSchema({"type": "string", "format": "calendar"})]
"""`"GB-ENG"`."""
