"""Wall clocks, working days and quiet hours, turned into instants.

A wall-clock time that a spring change skips moves forward by the length of the gap; one that an autumn
change repeats means its first pass (PEP 495, `fold=0`). Instants are aware and in UTC.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from convener.decide.moments.triggers import Relative, Rhythm
from convener.model import Span, Unit
from convener.rulesets.calendars import is_working_day, shift_working_days
from convener.rulesets.kinds import QuietHours

SATURDAY = 5
DAY = timedelta(days=1)
LONGEST_RHYTHM = 800
"""Days within which any rhythm comes round again (24 months and a margin)."""
Holidays = frozenset[date]


@dataclass(frozen=True, slots=True)
class Life:
    """What turns a moment as written into an instant for somebody: their wall clock and their days off."""

    zone: str
    """IANA zone."""
    calendar: str = ""
    """Their own holiday calendar, empty when the client's is all there is; it adds to the client's."""


@lru_cache(maxsize=65_536)
def wall(day: date, clock: time, zone: str) -> datetime:
    """Return the instant at which the wall clock in *zone* shows *clock* on *day*."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """Return *instant* on the wall clock of *zone*."""
    return instant.astimezone(ZoneInfo(zone))


def slot_of(day: date, clock: time) -> str:
    """Return the slot of a time trigger: local date and time without an offset."""
    return f"{day.isoformat()}T{clock:%H:%M}"


def shifted_day(day: date, span: Span, sign: int, holidays: Holidays) -> date:
    """Return *day* moved by a span of days or longer; a month keeps the day or takes the month's last."""
    count = sign * span.count
    if span.unit is Unit.WORKING_DAY:
        return shift_working_days(day, count, holidays)
    if span.unit is Unit.MONTH:
        months = day.year * 12 + day.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + count * (7 * DAY if span.unit is Unit.WEEK else DAY)


def shifted(instant: datetime, span: Span, sign: int, zone: str, holidays: Holidays) -> datetime:
    """Return *instant* moved by *span*: exactly for minutes and hours, on the wall clock of *zone* otherwise."""
    if span.unit in (Unit.MINUTE, Unit.HOUR):
        return instant + sign * span.as_timedelta()
    here = local(instant, zone)
    return wall(shifted_day(here.date(), span, sign, holidays), here.time(), zone)


@lru_cache(maxsize=65_536)
def due_of(trigger: Relative, anchor: datetime, zone: str, holidays: Holidays) -> tuple[datetime, str]:
    """Return when *trigger* falls due for the instant *anchor* in *zone*, and its slot."""
    moved = anchor if trigger.span is None else shifted(anchor, trigger.span, trigger.sign, zone, holidays)
    here = local(moved, zone)
    if trigger.at is None:
        return moved, slot_of(here.date(), here.time())
    return wall(here.date(), trigger.at, zone), slot_of(here.date(), trigger.at)


def beats(
    rhythm: Rhythm,
    span: tuple[datetime, datetime],
    zone: str,
    epoch: date,
    holidays: Holidays,
) -> Iterator[tuple[datetime, str]]:
    """Yield instant and slot of each beat of *rhythm* after `span[0]` and up to `span[1]`, in order.

    A date that a zone leaves out altogether has none.
    """
    after, until = span
    day, last = local(after, zone).date() - DAY, local(until, zone).date() + DAY
    while day <= last:
        if rhythm.falls_on(day, epoch) and (not rhythm.working or is_working_day(day, holidays)):
            due = wall(day, rhythm.at, zone)
            if after < due <= until and exists(day, zone):
                yield due, slot_of(day, rhythm.at)
        day += DAY


@lru_cache(maxsize=4096)
def exists(day: date, zone: str) -> bool:
    """Tell whether the wall clock in *zone* ever shows *day*: a zone that changes sides of the date line skips one."""
    return any(local(wall(day, clock, zone), zone).date() == day for clock in (time.min, time.max))


def next_beat(rhythm: Rhythm, after: datetime, zone: str, epoch: date, holidays: Holidays) -> datetime | None:
    """Return the first beat of *rhythm* after *after*."""
    found = beats(rhythm, (after, after + LONGEST_RHYTHM * DAY), zone, epoch, holidays)
    return next((due for due, _ in found), None)


def after_quiet(instant: datetime, quiet: QuietHours, zone: str) -> datetime:
    """Return *instant*, or the end of the quiet hours it lies in on the wall clock of *zone*."""
    here = local(instant, zone)
    day, clock = here.date(), here.time()
    if not _is_quiet(day, clock, quiet):
        return instant
    if quiet.to <= quiet.from_ and clock >= quiet.from_:
        day += DAY
    while quiet.weekends and day.weekday() >= SATURDAY:
        day += DAY
    return max(instant, wall(day, quiet.to, zone))


def _is_quiet(day: date, clock: time, quiet: QuietHours) -> bool:
    if quiet.weekends and day.weekday() >= SATURDAY:
        return True
    if quiet.from_ < quiet.to:
        return quiet.from_ <= clock < quiet.to
    return clock >= quiet.from_ or clock < quiet.to
