"""Field types of rule files: text as ops write it, a value as the core uses it."""

import re
from datetime import time
from fractions import Fraction
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel.localedata import locale_identifiers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from convener.documents import nearest, quoted
from convener.model import DateRange, Span, parse_share
from convener.rulesets.calendars import calendar_codes, subdivisions


class Frozen(BaseModel):
    """A table of a rule file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} must be written as text, in quotes")  # noqa: TRY004 - pydantic reports ValueError
    return value


def _span(value: object) -> Span:
    return value if isinstance(value, Span) else Span.parse(_text(value))


def _share(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else parse_share(_text(value))


def _range(value: object) -> DateRange:
    return value if isinstance(value, DateRange) else DateRange.parse(_text(value))


def _time(value: object) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(_text(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a time of day, for example '09:00'") from None


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Return the names of every IANA time zone; reads the whole database, so it is asked once."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _locales() -> frozenset[str]:
    return frozenset(name.replace("_", "-") for name in locale_identifiers())


def _zone(value: object) -> str:
    name = _text(value)
    if name not in zones():
        message = f"{quoted(name)} is not an IANA time zone, for example 'Europe/London'"
        raise PydanticCustomError("unknown-zone", "{text}", {"text": message, "hint": nearest(name, _near(name))})
    return ZoneInfo(name).key


def _near(name: str) -> list[str]:
    """Return the zones worth naming beside *name*: all, or none when nothing is near."""
    hint = nearest(name, sorted(zones()))
    return sorted(zones()) if hint.startswith("did") else []


def _locale(value: object) -> str:
    name = _text(value)
    if name not in _locales():
        message = f"{quoted(name)} is not a locale, for example 'en-GB'"
        hint = nearest(name, sorted(_locales()))
        raise PydanticCustomError("unknown-locale", "{text}", {"text": message, "hint": hint})
    return name


def _calendar(value: object) -> str:
    name = _text(value)
    country, _, region = name.partition("-")
    if country not in calendar_codes():
        message = f"{quoted(name)} is not a holiday calendar, for example 'GB-ENG', 'AU-VIC' or 'IE'"
        raise PydanticCustomError("unknown-calendar", "{text}", {"text": message})
    known = subdivisions(country) if region else ()
    if region and region not in known:
        message = f"{quoted(name)} is not a holiday calendar: {country} has no region {quoted(region)}"
        hint = nearest(name, [f"{country}-{each}" for each in known])
        raise PydanticCustomError("unknown-calendar", "{text}", {"text": message, "hint": hint})
    return name


_ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]]{1,64}@[^\s@<>(),;:\"\[\]]{1,190}")


def _email(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or value.endswith(".") or ".." in value:
        message = f"{quoted(value)} is not an e-mail address"
        raise PydanticCustomError(
            "bad-address", "{text}", {"text": message, "hint": "for example 'name@client.example'"}
        )
    return value


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def is_id(name: str) -> bool:
    """Tell whether *name* may be an id: letters, digits, dots, dashes and underscores, 64 at most."""
    return bool(_ID.fullmatch(name))


def _id(value: str) -> str:
    if not is_id(value):
        message = f"{quoted(value)} cannot be an id"
        raise PydanticCustomError("bad-id", "{text}", {"text": message, "hint": ID_HINT})
    return value


ID_HINT = "letters, digits, dots, dashes and underscores, at most 64"
"""The cure for an id that cannot be one."""

SpanText = Annotated[Span, BeforeValidator(_span)]
"""`"2 working days"`."""
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
EmailText = Annotated[str, AfterValidator(_email)]
"""`"name@client.example"`."""
IdText = Annotated[str, AfterValidator(_id)]
"""`"primary-care"`."""
