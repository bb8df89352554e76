"""Moments as ops write them: an event, a time relative to something, a rhythm."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from convener.documents import closest, nearest
from convener.model import EVENT_NAMES, Span, Unit

FIELDS = ("session.starts", "session.ends", "programme.starts", "programme.ends", "poll.opened", "poll.closes")
"""Instants of the register that a moment may be relative to."""
UNRAISED = frozenset({"session.proposed", "poll.opened", "poll.answered", "programme.closed"})
"""Events that have a name, but that nothing raises yet."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
MORNING = time(9, 0)
"""When a rhythm without a time of day falls due."""
HOURS, MINUTES = 24, 60
MOST = 24
"""The most weeks or months between two beats of a rhythm."""

_CALENDAR = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH})
_AT = re.compile(r"^(?P<rest>.*?),? at (?P<at>.*)$")
_CLOCK = re.compile(r"^(?P<hours>\d{1,2}):(?P<minutes>\d{2})$", re.ASCII)
_RELATIVE = re.compile(r"^(?:(?P<span>.+) (?P<sign>\S+) )?(?P<anchor>\S+\.\S+)$")
_WEEKLY = re.compile(r"^every (?:(?P<count>\S+) )?weeks? on (?P<day>\S+)$")
_MONTHLY = re.compile(r"^every (?:(?P<count>\S+) )?months? on (?:the )?(?P<nth>\S+)(?: (?P<day>\S+))?$")
_NTH = re.compile(r"^every (?P<nth>\S+) (?P<day>\S+)(?P<more>.*)$")
_SPAN = re.compile(r"^(?P<count>\S+) (?P<unit>.+)$")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PLACES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "last", "other": "second"}
_EXAMPLES = "for example '2 working days before session.starts, at 09:00', 'session.held' or 'every monday at 08:00'"
_RHYTHMS = (
    "for example 'every monday at 08:00', 'every working day at 09:30', 'every 2 weeks on tuesday at 14:00' "
    "or 'every month on the third thursday'"
)


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
    if wanted != wanted.lower():
        raise TriggerError(f"{text!r} is not a moment", f"write it in small letters: {wanted.lower()!r}")
    found = _AT.match(wanted)
    moment, at = (found["rest"], _time(found["at"])) if found else (wanted, None)
    made = _rhythm(moment, at) if moment.split()[:1] == ["every"] else _relative(moment, at)
    if made is None:
        raise TriggerError(f"{text!r} is not a moment", _EXAMPLES)
    return made


def _relative(text: str, at: time | None) -> Relative | None:
    found = _RELATIVE.match(text)
    if not found:
        return None
    anchor = found["anchor"]
    names = (*FIELDS, *sorted(EVENT_NAMES))
    if found["sign"] not in (None, "before", "after"):
        raise TriggerError(f"{found['sign']!r} does not say on which side", nearest(found["sign"], ("before", "after")))
    span = _span(found["span"])
    if anchor not in names:
        raise TriggerError(f"there is no event or field {anchor!r}", nearest(anchor, names))
    sign = -1 if found["sign"] == "before" else 1
    if sign < 0 and anchor in EVENT_NAMES:
        raise TriggerError(
            f"nothing can be due before {anchor!r} happens", f"use 'after', or one of {', '.join(FIELDS)}"
        )
    return Relative(anchor, span, sign, at)


def _span(text: str | None) -> Span | None:
    if text is None:
        return None
    try:
        return Span.parse(text)
    except ValueError as error:
        raise TriggerError(str(error), _cure_of_span(text)) from None


def _cure_of_span(text: str) -> str:
    """Return how to write the length of time *text*."""
    found = _SPAN.match(text)
    units = [word for unit in Unit for word in (unit.value, f"{unit}s")]
    if found and found["count"] in _NUMBERS:
        return f"write the number: '{_NUMBERS[found['count']]} {found['unit']}'"
    if found and found["count"].isdigit() and found["unit"] not in units:
        return nearest(found["unit"], units) if closest(found["unit"], units) else f"units: {', '.join(Unit)}"
    return _EXAMPLES


def _time(text: str) -> time:
    found = _CLOCK.match(text)
    if not found or int(found["hours"]) >= HOURS or int(found["minutes"]) >= MINUTES:
        raise TriggerError(f"{text!r} is not a time of day", "hours and minutes, for example 09:00")
    return time(int(found["hours"]), int(found["minutes"]))


def _rhythm(text: str, at: time | None) -> Rhythm:
    clock = at or MORNING
    rest = text.removeprefix("every").strip()
    if rest in ("day", "working day"):
        return Rhythm(clock, working=rest == "working day")
    if found := _MONTHLY.match(text):
        return _monthly(found, clock)
    if found := _WEEKLY.match(text):
        return Rhythm(clock, weekday=_weekday(found["day"]), weeks=_count(found["count"], "weeks"))
    if rest in WEEKDAYS:
        return Rhythm(clock, weekday=_weekday(rest))
    raise TriggerError(f"{text!r} is not a rhythm", _cure_of_rhythm(text, rest))


def _cure_of_rhythm(text: str, rest: str) -> str:
    """Return how to write the rhythm *text*, as far as it can be guessed."""
    found = _NTH.match(text)
    if found and found["nth"] in (*ORDINALS, *_PLACES) and found["day"] in WEEKDAYS:
        if found["nth"] == "other":
            return f"write 'every 2 weeks on {found['day']}'"
        place = _PLACES.get(found["nth"], found["nth"])
        return f"write 'every month on the {place} {found['day']}' or 'every 2 weeks on {found['day']}'"
    if rest in ("weekday", "workday", "business day"):
        return "write 'every working day'"
    meant = closest(rest, (*WEEKDAYS, "working day", "day"))
    return f"did you mean 'every {meant}'?" if meant else _RHYTHMS


def _monthly(found: re.Match[str], at: time) -> Rhythm:
    nth = ORDINALS.get(found["nth"])
    if nth is None or found["day"] is None:
        place = _PLACES.get(found["nth"])
        hint = f"write '{place}'" if place and found["day"] else nearest(found["nth"], ORDINALS)
        if found["day"] is None:
            hint = "a day of the week and its place, for example 'every month on the third thursday'"
        raise TriggerError(f"{found['nth']!r} is not a place in the month", hint)
    return Rhythm(at, weekday=_weekday(found["day"]), months=_count(found["count"], "months"), nth=nth)


def _count(text: str | None, unit: str) -> int:
    if text is None:
        return 1
    if text in _NUMBERS or text == "other":
        raise TriggerError(f"{text!r} is not a number", f"write 'every {_NUMBERS.get(text, 2)} {unit} on …'")
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise TriggerError(f"{text!r} {unit} are no rhythm", f"a whole number from 1 to {MOST}")
    return int(text)


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise TriggerError(f"{text!r} is not a day of the week", nearest(text, WEEKDAYS))
    return WEEKDAYS.index(text)
