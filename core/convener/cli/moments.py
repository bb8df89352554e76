"""Days and instants as people type them, and as they are shown."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from convener.errors import UsageError

YEARS = range(1970, 2200)
"""Years that a programme may have to do with; near the ends of the calendar no reckoning is possible."""


def parse_day(text: str) -> date | None:
    """Read an ISO date, the date of a date-time, or nothing; raise UsageError otherwise."""
    if not text:
        return None
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a date", hint="write it as 2027-03-01") from None
    return _sane(written, text).date()


def parse_instant(text: str, zone: str) -> datetime:
    """Read an ISO date or date-time, on the wall clock of *zone* unless it carries an offset.

    A date alone means its first moment; an empty *zone* means this machine's. Raise UsageError otherwise.
    """
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        hint = "write it as 2027-03-01 or 2027-03-01T09:00, with +00:00 behind it for an offset"
        raise UsageError(f"{text!r} is not a date or a date-time", hint=hint) from None
    if _sane(written, text).tzinfo is not None:
        return written
    return written.replace(tzinfo=ZoneInfo(zone)) if zone else written.astimezone()


def _sane(written: datetime, text: str) -> datetime:
    """Return *written*; raise UsageError for a year with which no programme has to do."""
    if written.year in YEARS:
        return written
    hint = f"name a year from {YEARS[0]} to {YEARS[-1]}"
    raise UsageError(f"{text!r} is in a year in which no programme runs", hint=hint)


def shown(instant: datetime | None, zone: str = "") -> str:
    """Return *instant* on the wall clock of *zone* with the zone's name: `Tue 19 Jan 2027 09:00 GMT`."""
    if instant is None:
        return "-"
    local = instant.astimezone(ZoneInfo(zone)) if zone else instant
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} {local:%Z}".rstrip()
