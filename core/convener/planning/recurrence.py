"""Dates by a pattern, without any poll: `third tuesday 14:00`, and what is near where that cannot be (R10)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from convener.errors import UsageError
from convener.model import Answer, Availability, Register, Slot
from convener.planning.availability import session_hours, session_length
from convener.planning.hours import last_day
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Blackout, Holidays, SessionWindow
from convener.rulesets.ruleset import Ruleset

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
IDLE = frozenset({"", "every", "each", "week", "weeks", "on", "at", "the", "of", "month", "and", "or", "except", "not"})
"""Words that may stand between; a date in a pattern can be nothing but an exception."""
EXAMPLE = "third tuesday 14:00, except 2027-08-17"
SPARE = 62
"""Days after the last day a programme should reach that are still offered, so that some dates can be skipped."""
NEAR = 6
"""Days before and after a date of the pattern among which the nearest open one is offered beside it."""
WEEK = timedelta(days=7)


@dataclass(slots=True)
class Pattern:
    """Which days, and at which hours."""

    days: set[int] = field(default_factory=set[int])
    """Weekdays, Monday is 0; empty for all that the session window has."""
    places: set[int] = field(default_factory=set[int])
    """Which of its weekday in the month, -1 for the last; empty for each."""
    hours: set[time] = field(default_factory=set[time])
    """Empty for every full hour in the session window, or its begin where a session lasts a day."""
    without: set[date] = field(default_factory=set[date])
    weeks: int = 1
    """Every how many weeks, from the first."""

    def has(self, day: date, first: date) -> bool:
        """Tell whether *day* is of the pattern, which begins in the week of *first*."""
        weeks = (day - first + timedelta(days=first.weekday())).days // 7
        ends = (day + WEEK).month != day.month
        in_place = not self.places or (day.day - 1) // 7 + 1 in self.places or (ends and -1 in self.places)
        on_day = not self.days or day.weekday() in self.days
        return on_day and in_place and weeks % self.weeks == 0 and day not in self.without


def parse(text: str) -> Pattern:
    """Read a pattern, empty for all days and hours; raise UsageError naming the word that is none of it."""
    found = Pattern()
    for word in re.split(r"[\s,;]+", text.strip().casefold()):
        if not any(take(found, word) for take in READERS) and word not in IDLE:
            raise UsageError(f"{word!r} is no part of a pattern", hint=f'write it as "{EXAMPLE}"')
    if text.strip() and not found.days:
        raise UsageError(f"{text!r} names no weekday", hint=f'write it as "{EXAMPLE}"')
    return found


def _take_day(found: Pattern, word: str) -> bool:
    day = next((at for at, name in enumerate(DAYS) if word in {name, f"{name}s", name[:3]}), None)
    if day is not None:
        found.days.add(day)
    return day is not None


def _take_place(found: Pattern, word: str) -> bool:
    if word in PLACES:
        found.places.add(PLACES[word])
    return word in PLACES


def _take_weeks(found: Pattern, word: str) -> bool:
    known = word.isdecimal() and int(word) > 0
    if known:
        found.weeks = int(word)
    return known


def _take_moment(found: Pattern, word: str) -> bool:
    try:
        if ":" in word:
            found.hours.add(time.fromisoformat(word))
        else:
            found.without.add(date.fromisoformat(word))
    except ValueError:
        return False
    return True


READERS: Sequence[Callable[[Pattern, str], bool]] = (_take_day, _take_place, _take_weeks, _take_moment)
"""What a word may say."""


def pattern_slots(ruleset: Ruleset, text: str) -> tuple[Slot, ...]:
    """Return the slots of the pattern *text* from the start of the programme to some time after its last day.

    An empty text stands for every full hour of the session window, for a `session-pattern` to choose among. Dates
    that rules close are among them: the planner skips them. Raises UsageError for a pattern that cannot be read.
    """
    pattern = parse(text)
    hours = sorted(pattern.hours) or _full_hours(ruleset)
    return tuple(_slot(ruleset, day, hour) for day in _days(ruleset, pattern) for hour in hours)


def availability_from_pattern(ruleset: Ruleset, register: Register, text: str) -> Availability:
    """Return the answers everyone would give to a poll about the pattern *text*: yes to its dates.

    Beside each date of a pattern, for exceptions and for coaches with several pods, what is near is offered, which
    everyone answers with `if needed`: the nearest days before and after that no rule closes, a week before and after,
    and other hours of the same day. With an empty text everyone says yes to every full hour of the session window.
    """
    pattern = parse(text)
    slots = {(slot.starts, slot.ends): slot for slot in pattern_slots(ruleset, text)}
    regular = frozenset(slots)
    hours = sorted(pattern.hours) or _full_hours(ruleset)
    if text.strip():
        for day in _days(ruleset, pattern):
            for slot in _near(ruleset, day, hours):
                slots.setdefault((slot.starts, slot.ends), slot)
    places = sorted(slots)
    said = tuple(Answer.YES if place in regular else Answer.IF_NEEDED for place in places)
    people = {row.person for row in register.memberships} | {row.coach for row in register.coachings}
    return Availability(
        slots=tuple(slots[place] for place in places),
        answers=dict.fromkeys(sorted(people), said),
        source=f"pattern {text!r}" if text.strip() else "the session window",
    )


def _days(ruleset: Ruleset, pattern: Pattern) -> Iterator[date]:
    first = ruleset.starts
    for ahead in range((last_day(ruleset) - first).days + SPARE + 1):
        day = first + timedelta(days=ahead)
        if pattern.has(day, first) and (pattern.days or _is_open_weekday(ruleset, day)):
            yield day


def _is_open_weekday(ruleset: Ruleset, day: date) -> bool:
    windows = [terms for _, terms in ruleset.rules_of(SessionWindow)] or [SessionWindow()]
    return all(DAYS[day.weekday()][:3] in terms.days for terms in windows)


def _full_hours(ruleset: Ruleset) -> list[time]:
    """Return the full hours at which a session may begin in its window."""
    begin, end = session_hours(ruleset)
    anchor = datetime.combine(date(2000, 1, 1), begin)
    room = datetime.combine(anchor.date(), end) - session_length(ruleset) - anchor
    return [(anchor + timedelta(hours=ahead)).time() for ahead in range(int(room / timedelta(hours=1)) + 1)]


def _slot(ruleset: Ruleset, day: date, hour: time) -> Slot:
    starts = datetime.combine(day, hour, ZoneInfo(ruleset.zone))
    whole = ruleset.sessions.length.unit.value.endswith("day")
    ends = (starts.astimezone(UTC) + session_length(ruleset)).astimezone(starts.tzinfo)
    return Slot(starts=starts, ends=ends, whole_day=whole)


def _near(ruleset: Ruleset, day: date, hours: Sequence[time]) -> Iterator[Slot]:
    """Yield what is near one date of a pattern and closed by no rule for everyone."""
    for way in (-1, 1):
        days = (day + timedelta(days=way * ahead) for ahead in range(1, NEAR + 1))
        nearest = next((each for each in days if _is_open(ruleset, each)), None)
        for each in (nearest, day + way * WEEK):
            if each is not None and _is_open(ruleset, each):
                yield from (_slot(ruleset, each, hour) for hour in hours)
    if _is_open(ruleset, day):
        yield from (_slot(ruleset, day, hour) for hour in _full_hours(ruleset))


def _is_open(ruleset: Ruleset, day: date) -> bool:
    """Tell whether no blackout, holiday or weekday of the rules is against a date."""
    black = any(day in span for _, terms in ruleset.rules_of(Blackout) for span in terms.dates)
    codes = [code for _, terms in ruleset.rules_of(Holidays) for code in (ruleset.holidays, *terms.also)]
    free = any(day in holiday_dates(code, day.year, day.year) for code in codes if code)
    return day >= ruleset.starts and not black and not free and _is_open_weekday(ruleset, day)
