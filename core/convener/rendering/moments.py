"""Days and times as a person reads them: in their zone, in the manner of their locale, with the zone named.

A session's times are told to everyone who is part of it, so what was said once is remembered.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_timezone_location

from convener.errors import DataError

_THIN = str.maketrans({"\u202f": "\u00a0", "\u2009": " "})
Written = TypeVar("Written", bound=Callable[..., str])


def remembered(write: Written) -> Written:
    """Remember what *write* made of instants; they are told apart in UTC, where an hour that comes twice differs."""
    kept = lru_cache(maxsize=1024)(write)

    @wraps(write)
    def written(*said: Any) -> str:
        return kept(*(one.astimezone(UTC) if isinstance(one, datetime) and one.tzinfo else one for one in said))

    return cast("Written", written)


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """Return the locale that *tag* such as `en-GB` names; raise DataError for one nobody knows."""
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise DataError(f"locale {tag!r} is unknown", hint='write a language and a country, such as "en-GB"') from error


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Return the IANA zone of that *name*; raise DataError for one nobody knows."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise DataError(f"time zone {name!r} is unknown", hint='write an IANA zone, such as "Europe/London"') from error


def local(instant: datetime, zone: str) -> datetime:
    """Return *instant* on the wall clock of *zone*; raise ValueError for a naive one, which names no instant."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone names no instant")
    return instant.astimezone(zone_of(zone))


@remembered
def day(value: date, zone: str, locale: str) -> str:
    """Return the day, as `Tuesday 19 January 2027`; an instant counts on the day it has in *zone*."""
    local_day = local(value, zone).date() if isinstance(value, datetime) else value
    text = format_date(local_day, "full", locale=locale_of(locale))
    one_comma = text.count(",") == 1 and locale.startswith("en")
    return text.replace(",", "") if one_comma else text


@remembered
def short_day(value: date, zone: str, locale: str) -> str:
    """Return the day without its year, as `Tue 19 Jan`, for a subject or a text message."""
    local_day = local(value, zone).date() if isinstance(value, datetime) else value
    text = str(format_skeleton("MMMEd", local_day, locale=locale_of(locale)))
    return text.replace(",", "") if locale.startswith("en") else text


@remembered
def clock(value: datetime, zone: str, locale: str) -> str:
    """Return the time of day and its zone, as `09:00 (London time, GMT)`."""
    return f"{_clock(local(value, zone), locale)} ({zone_label(value, None, zone, locale)})"


@remembered
def when(starts: datetime, ends: datetime | None, zone: str, locale: str) -> str:
    """Return day, hours and zone, as `Tuesday 19 January 2027, 09:00-17:00 (London time, GMT)`, with an en dash."""
    first, last = local(starts, zone), local(ends or starts, zone)
    label = zone_label(starts, ends, zone, locale)
    if first.date() != last.date():
        parts = (day(first, zone, locale), _clock(first, locale), day(last, zone, locale), _clock(last, locale))
        return "{}, {} \N{EN DASH} {}, {} ({})".format(*parts, label)
    return f"{day(first, zone, locale)}, {hours(starts, ends, zone, locale)} ({label})"


@remembered
def hours(starts: datetime, ends: datetime | None, zone: str, locale: str) -> str:
    """Return the hours alone, as `09:00-17:00`; whoever prints them names the zone nearby."""
    first, last = local(starts, zone), local(ends or starts, zone)
    if ends is None or _clock(first, locale) == _clock(last, locale):
        return _clock(first, locale)
    twelve = "h" in locale_of(locale).time_formats["short"].pattern
    span = format_interval(first, last, "hm" if twelve else "Hm", tzinfo=zone_of(zone), locale=locale_of(locale))
    return span.translate(_THIN)


@remembered
def zone_label(starts: datetime, ends: datetime | None, zone: str, locale: str) -> str:
    """Return what the zone is called on that day, as `London time, GMT`.

    The city comes from the zone's name, the letters from the IANA data; a zone without letters gives its
    distance from UTC. When the clock changes between *starts* and *ends*, both are given.
    """
    first, last = _letters(local(starts, zone)), _letters(local(ends or starts, zone))
    letters = first if first == last else f"{first} then {last}"
    if zone_of(zone).key in {"UTC", "Etc/UTC"}:
        return letters
    city = get_timezone_location(zone_of(zone), locale=locale_of(locale), return_city=True)
    return f"{_city_time(city, locale)}, {letters}"


def _city_time(city: str, locale: str) -> str:
    region = str(locale_of(locale).zone_formats["region"]) % city
    return region.replace(" Time", " time") if locale.startswith("en") else region


def _letters(instant: datetime) -> str:
    name = instant.tzname() or ""
    if name.isalpha():
        return name
    offset = instant.utcoffset() or timedelta()
    hours_off, minutes_off = divmod(int(abs(offset).total_seconds()) // 60, 60)
    sign = "-" if offset < timedelta() else "+"
    return f"UTC{sign}{hours_off}" + (f":{minutes_off:02}" if minutes_off else "")


def _clock(instant: datetime, locale: str) -> str:
    return format_time(instant, "short", tzinfo=instant.tzinfo, locale=locale_of(locale)).translate(_THIN)
