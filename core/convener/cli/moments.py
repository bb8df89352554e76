"""Days and instants as people type them, and as they are shown."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from convener.errors import UsageError


def parse_day(text: str) -> date | None:
    """Read an ISO date, the date of a date-time, or nothing; raise UsageError otherwise."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise UsageError(f"{text!r} is not a date", hint="write it as 2027-03-01") from None


def parse_instant(text: str, zone: str) -> datetime:
    """Read an ISO date or date-time, on the wall clock of *zone* unless it carries an offset.

    A date alone means its first moment; an empty *zone* means this machine's. Raise UsageError otherwise.
    """
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        hint = "write it as 2027-03-01 or 2027-03-01T09:00, with +00:00 behind it for an offset"
        raise UsageError(f"{text!r} is not a date or a date-time", hint=hint) from None
    if written.tzinfo is not None:
        return written
    return written.replace(tzinfo=ZoneInfo(zone)) if zone else written.astimezone()


def shown(instant: datetime | None, zone: str = "") -> str:
    """Return *instant* on the wall clock of *zone* with the zone's name: `Tue 19 Jan 2027 09:00 GMT`."""
    if instant is None:
        return "-"
    local = instant.astimezone(ZoneInfo(zone)) if zone else instant
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} {local:%Z}".rstrip()
