"""Timestamps and durations: how clauses write them, and what CEL's accessors read off them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

LONGEST_DURATION = timedelta(microseconds=(2**63 - 1) // 1_000)
"""292 years: what implementations of CEL can count in nanoseconds; beyond it they differ from each other."""
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DURATION = re.compile(r"-?(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+", re.ASCII)
_PART = re.compile(r"(\d+)(?:\.(\d+))?(h|ms|m|s)", re.ASCII)
_DAYS = re.compile(r"(-?\d{1,6})\s*(d|days?|w|weeks?)", re.ASCII)
_OFFSET = re.compile(r"([+-]?)(\d{2}):(\d{2})", re.ASCII)
_CYCLE = timedelta(days=146_097)
"""400 years: after them days, weeks and leap years fall as before."""
_UNITS: Mapping[str, timedelta] = {
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
}


class LiteralError(ValueError):
    """A text that is no timestamp, duration or zone."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text)
        self.hint = hint


def read_timestamp(text: str) -> datetime:
    """Return the instant *text* writes, in UTC; raise LiteralError for what CEL or we cannot read."""
    hint = "write it like timestamp('2027-01-18T09:30:00Z')"
    if not _TIMESTAMP.fullmatch(text):
        raise LiteralError(f"{text[:40]!r} is not a moment", hint)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise LiteralError(f"{text[:40]!r} is not a moment of the calendar", hint) from None


def read_duration(text: str) -> timedelta:
    """Return the length *text* writes; raise LiteralError for what CEL or we cannot read."""
    if not _DURATION.fullmatch(text):
        raise LiteralError(f"{text[:40]!r} is not a duration", _in_hours(text))
    size = sum((_length(*found) for found in _PART.findall(text)), timedelta())
    if size > LONGEST_DURATION:
        raise LiteralError(f"{text[:40]!r} is too long", "write it like duration('36h')")
    return -size if text.startswith("-") else size


def _in_hours(text: str) -> str:
    """Return the cure; a clause has no days and weeks, because not every day has 24 hours."""
    days = _DAYS.fullmatch(text.strip())
    if days is None:
        return "write it in h, m, s or ms, like duration('36h')"
    return f"write duration('{int(days[1]) * (168 if days[2].startswith('w') else 24)}h')"


def _length(whole: str, broken: str, unit: str) -> timedelta:
    size = _UNITS[unit]
    scaled = int(broken or "0") * (size // timedelta(microseconds=1))
    if scaled % 10 ** len(broken):
        raise LiteralError("a duration is finer than a microsecond", "write it like duration('36h')")
    return int(whole) * size + timedelta(microseconds=scaled // 10 ** len(broken))


def check_zone(name: str) -> str:
    """Return *name*; raise LiteralError unless it is an IANA time zone."""
    if _iana(name) is None:
        raise LiteralError(f"{name[:40]!r} is not a time zone", "")
    return name


def zone_names() -> list[str]:
    """Return every IANA time zone."""
    return sorted(available_timezones())


@lru_cache(maxsize=1_024)
def _zone(name: str) -> tzinfo | None:
    """Return what *name* means to CEL: an IANA zone, an offset like `+02:00`, or UTC for nothing at all."""
    if not name:
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return _iana(name)
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    fits = size < timedelta(days=1) and int(offset[3]) < 60  # noqa: PLR2004 - minutes of an hour
    return timezone(-size if offset[1] == "-" else size) if fits else None


def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def in_utc(instant: object) -> object:
    """Return *instant* in UTC, where neither a repeated hour nor a shared zone bends arithmetic."""
    return instant.astimezone(UTC) if isinstance(instant, datetime) and instant.tzinfo is not UTC else instant


def _field(read: Callable[[datetime], int], *, each_cycle: int = 0) -> Callable[..., int | None]:
    """Make an accessor of a timestamp: in UTC, or on the wall clock of a zone; None when there is no such zone.

    Its last evening is already the year 10000 east of Greenwich, which Python cannot say: it is read one cycle of the
    calendar earlier, and *each_cycle* is added.
    """

    def run(instant: datetime, zone: str = "UTC") -> int | None:
        place = _zone(zone)
        if place is None:
            return None
        try:
            return read(instant.astimezone(place))
        except OverflowError:
            return None if instant.year == 1 else read((instant - _CYCLE).astimezone(place)) + each_cycle

    return run


FIELDS: Mapping[str, Callable[..., int | None]] = {
    "getFullYear": _field(lambda local: local.year, each_cycle=400),
    "getMonth": _field(lambda local: local.month - 1),
    "getDate": _field(lambda local: local.day),
    "getDayOfMonth": _field(lambda local: local.day - 1),
    "getDayOfYear": _field(lambda local: local.timetuple().tm_yday - 1),
    "getDayOfWeek": _field(lambda local: local.isoweekday() % 7),
    "getHours": _field(lambda local: local.hour),
    "getMinutes": _field(lambda local: local.minute),
    "getSeconds": _field(lambda local: local.second),
}
"""What can be read off a timestamp."""


def _whole(unit: timedelta) -> Callable[[timedelta], int]:
    """Make an accessor of a duration: all of it in whole units, cut off towards zero."""
    return lambda length: length // unit if length >= timedelta() else -(-length // unit)


LENGTHS: Mapping[str, Callable[[timedelta], int]] = {
    "getHours": _whole(timedelta(hours=1)),
    "getMinutes": _whole(timedelta(minutes=1)),
    "getSeconds": _whole(timedelta(seconds=1)),
}
"""What can be read off a duration."""
