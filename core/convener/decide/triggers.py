"""Moments as ops write them: an event, a time relative to something, a rhythm."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from convener.documents import nearest
from convener.model import EVENT_NAMES, Span, Unit

FIELDS = ("session.starts", "session.ends", "programme.starts", "programme.ends", "poll.opened", "poll.closes")
"""Instants of the register that a moment may be relative to."""
UNRAISED = frozenset({"session.proposed", "session.cancelled", "poll.opened", "poll.answered", "programme.closed"})
"""Events that have a name, but that nothing raises yet."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
MORNING = time(9, 0)
"""When a rhythm without a time of day falls due."""

_CALENDAR = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH})
_AT = r"(?:,? at (?P<at>\d{1,2}:\d{2}))?"
_RELATIVE = re.compile(rf"^(?:(?P<span>\d+ [a-z ]+?) (?P<sign>before|after) )?(?P<anchor>[a-z_]+\.[a-z_]+){_AT}$")
_DAILY = re.compile(rf"^every (?P<kind>day|working day){_AT}$")
_WEEKLY = re.compile(rf"^every (?:(?P<count>\d+) weeks on )?(?P<day>[a-z]+){_AT}$")
_MONTHLY = re.compile(rf"^every (?:(?P<count>\d+) months?|month) on the (?P<nth>[a-z]+) (?P<day>[a-z]+){_AT}$")
_EXAMPLES = "for example '2 working days before session.starts, at 09:00', 'session.held' or 'every monday at 08:00'"


class TriggerError(ValueError):
    """A moment that cannot be understood, with its cure."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Relative:
    """A moment at, before or after an event or a field."""

    anchor: str
    span: Span | None = None
    sign: int = 1
    """-1 before, 1 after."""
    at: time | None = None
    """Wall-clock time of the day the span leads to; None keeps the anchor's."""

    @property
    def is_event(self) -> bool:
        """Whether the anchor is something that happens, not a field of the register; with a span, a field is one."""
        return self.anchor in EVENT_NAMES and (self.span is None or self.anchor not in FIELDS)

    @property
    def is_unraised(self) -> bool:
        """Whether it waits for an event that never comes."""
        return self.is_event and self.anchor in UNRAISED

    @property
    def reach(self) -> timedelta:
        """No occurrence is further than this from its anchor, holidays and time zones included."""
        margin = timedelta(days=2 if self.at else 0)
        if self.span is None:
            return margin
        if self.span.unit is Unit.WORKING_DAY:
            return timedelta(days=3 * self.span.count + 14)
        days = {Unit.MINUTE: 1 / 1440, Unit.HOUR: 1 / 24, Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31}
        return (
            timedelta(days=self.span.count * days[self.span.unit] + (2 if self.span.unit in _CALENDAR else 0)) + margin
        )


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A moment that comes again: on weekdays, every so many weeks, or on the nth weekday of months."""

    at: time = MORNING
    weekday: int | None = None
    """0 for Monday; None for any day."""
    working: bool = False
    """Working days only."""
    weeks: int = 1
    months: int = 0
    """Every so many months; 0 when the rhythm counts weeks."""
    nth: int = 0
    """Which of the month's weekdays, -1 for the last."""

    def falls_on(self, day: date, epoch: date) -> bool:
        """Tell whether *day* is one of its days, counting weeks and months from that of *epoch*; holidays aside."""
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        if self.months:
            months = (day.year - epoch.year) * 12 + day.month - epoch.month
            return months % self.months == 0 and self._is_nth(day)
        if self.weeks > 1:
            monday = epoch - timedelta(days=epoch.weekday())
            return (day - monday).days // 7 % self.weeks == 0
        return True

    def _is_nth(self, day: date) -> bool:
        if self.nth < 0:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.nth


Trigger = Relative | Rhythm
"""What an automation waits for."""


def parse_trigger(text: str) -> Trigger:
    """Read the moment *text*; raise TriggerError with the nearest name or an example."""
    wanted = " ".join(text.split())
    made = _rhythm(wanted) if wanted.startswith("every ") else _relative(wanted)
    if made is None:
        raise TriggerError(f"{text!r} is not a moment", _EXAMPLES)
    return made


def _relative(text: str) -> Relative | None:
    found = _RELATIVE.match(text)
    if not found:
        return None
    anchor = found["anchor"]
    names = (*FIELDS, *sorted(EVENT_NAMES))
    if anchor not in names:
        raise TriggerError(f"there is no event or field {anchor!r}", nearest(anchor, names))
    sign = -1 if found["sign"] == "before" else 1
    if sign < 0 and anchor in EVENT_NAMES:
        raise TriggerError(
            f"nothing can be due before {anchor!r} happens", f"use 'after', or one of {', '.join(FIELDS)}"
        )
    return Relative(anchor, _span(found["span"]), sign, _time(found["at"]))


def _span(text: str | None) -> Span | None:
    if text is None:
        return None
    try:
        return Span.parse(text)
    except ValueError as error:
        raise TriggerError(str(error), _EXAMPLES) from None


def _time(text: str | None) -> time | None:
    if text is None:
        return None
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        raise TriggerError(f"{text!r} is not a time of day", "hours and minutes, for example 09:00") from None


def _rhythm(text: str) -> Rhythm | None:
    if found := _DAILY.match(text):
        return Rhythm(at=_time(found["at"]) or MORNING, working=found["kind"] == "working day")
    if found := _MONTHLY.match(text):
        return _monthly(found)
    if found := _WEEKLY.match(text):
        weeks = _count(found["count"])
        return Rhythm(at=_time(found["at"]) or MORNING, weekday=_weekday(found["day"]), weeks=weeks)
    return None


def _monthly(found: re.Match[str]) -> Rhythm:
    nth = ORDINALS.get(found["nth"])
    if nth is None:
        raise TriggerError(f"{found['nth']!r} is not a place in the month", nearest(found["nth"], ORDINALS))
    at = _time(found["at"]) or MORNING
    return Rhythm(at=at, weekday=_weekday(found["day"]), months=_count(found["count"]), nth=nth)


def _count(text: str | None) -> int:
    count = int(text or 1)
    if count < 1:
        raise TriggerError("a rhythm needs a count of at least 1", _EXAMPLES)
    return count


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise TriggerError(f"{text!r} is not a day of the week", nearest(text, WEEKDAYS))
    return WEEKDAYS.index(text)
