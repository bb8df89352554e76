"""The slots as arrays: on every wall clock, in every calendar and against every rule, each judged once for all pods."""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from convener.model import Answer
from convener.planning.dates.question import DatesQuestion, Stretch
from convener.planning.dates.series import IntArray
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Blackout, Notice, SessionWindow

BoolArray = NDArray[np.bool_]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORTH = {Answer.NO: 0, Answer.IF_NEEDED: 1, Answer.YES: 2}
"""Answers as numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Stretches of time on one wall clock."""

    day: IntArray
    """(n,) ordinals of the dates they start on."""
    last: IntArray
    """(n,) ordinals of the dates they end on."""
    begin: IntArray
    """(n,) seconds from midnight to the start."""
    end: IntArray
    """(n,) seconds from midnight to the end."""

    @property
    def form(self) -> IntArray:
        """(3, n) week of the month, weekday and time of day of the start, for the pattern."""
        of_month = np.array([datetime.fromordinal(day).day for day in self.day.tolist()], dtype=np.int64)
        return np.stack([(of_month - 1) // 7, (self.day + 6) % 7, self.begin]) if len(self.day) else _no_forms()


def _no_forms() -> IntArray:
    return np.zeros((3, 0), dtype=np.int64)


def clock(stretches: list[Stretch], zone: str) -> Clock:
    """Read *stretches* on the wall clock of *zone*."""
    there = ZoneInfo(zone)
    starts = [begin.astimezone(there) for begin, _ in stretches]
    ends = [end.astimezone(there) for _, end in stretches]
    return Clock(
        _ints([at.toordinal() for at in starts]),
        _ints([at.toordinal() for at in ends]),
        _ints([_seconds(at.time()) for at in starts]),
        _ints([_seconds(at.time()) for at in ends]),
    )


def _ints(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


@dataclass(slots=True, eq=False)
class Grid:
    """The slots of a question, with what has been worked out about them."""

    question: DatesQuestion
    known: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any])

    def __len__(self) -> int:
        return len(self.question.slots)

    def _once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def clock(self, zone: str) -> Clock:
        """Return the slots on the wall clock of *zone*."""
        found: Clock = self._once(
            ("clock", zone), lambda: clock([(slot.starts, slot.ends) for slot in self.question.slots], zone)
        )
        return found

    @property
    def days(self) -> IntArray:
        """(slots,) ordinals of the programme's dates."""
        return self.clock(self.question.ruleset.zone).day

    @property
    def instants(self) -> tuple[IntArray, IntArray]:
        """(slots,) starts and (slots,) ends in seconds of Unix time."""
        found: tuple[IntArray, IntArray] = self._once("instants", self._instants)
        return found

    def _instants(self) -> tuple[IntArray, IntArray]:
        slots = self.question.slots
        return _ints([_unix(slot.starts) for slot in slots]), _ints([_unix(slot.ends) for slot in slots])

    def said(self, person: str) -> IntArray:
        """(slots,) what *person* answered: 0 no, 1 if needed, 2 yes."""
        found: IntArray = self._once(("said", person), lambda: self._said(person))
        return found

    def _said(self, person: str) -> IntArray:
        given = self.question.answers.get(person)
        worth = _ints([WORTH[each] for each in given]) if given else np.zeros(len(self), dtype=np.int64)
        worth[sorted(self.question.unasked)] = WORTH[Answer.YES]
        return worth

    def outside(self, terms: SessionWindow, zone: str) -> BoolArray:
        """(slots,) whether a session on the wall clock of *zone* lies outside the window."""
        found: BoolArray = self._once(("outside", terms, zone), lambda: self._outside(terms, zone))
        return found

    def _outside(self, terms: SessionWindow, zone: str) -> BoolArray:
        here = self.clock(zone)
        open_days = np.isin((here.day + 6) % 7, [WEEKDAYS.index(day) for day in terms.days])
        in_time = (here.begin >= _seconds(terms.between[0])) & (here.end <= _seconds(terms.between[1]))
        return np.asarray(~(open_days & in_time & (here.day == here.last)))

    def blacked_out(self, terms: Blackout) -> BoolArray:
        """(slots,) whether the programme's date is blacked out."""
        closed = np.zeros(len(self), dtype=np.bool_)
        for span in terms.dates:
            closed |= (self.days >= span.first.toordinal()) & (self.days <= span.last.toordinal())
        return closed

    def holiday(self, code: str, zone: str) -> BoolArray:
        """(slots,) whether the date in *zone* is a public holiday of the calendar *code*."""
        found: BoolArray = self._once(("holiday", code, zone), lambda: self._holiday(code, zone))
        return found

    def _holiday(self, code: str, zone: str) -> BoolArray:
        days = self.clock(zone).day
        if not len(days):
            return np.zeros(0, dtype=np.bool_)
        first, last = (datetime.fromordinal(int(day)).year for day in (days.min(), days.max()))
        return np.isin(days, [day.toordinal() for day in holiday_dates(code, first, last)])

    def short_notice(self, terms: Notice) -> BoolArray:
        """(slots,) whether a session would begin sooner from now than it is to be made known."""
        return np.asarray(self.instants[0] < _unix(self.question.earliest + terms.length))

    def away(self, person: str) -> BoolArray:
        """(slots,) whether a coach is away, or whoever it is has agreed to something else at the time."""
        found: BoolArray = self._once(("away", person), lambda: self._away(person))
        return found

    def _away(self, person: str) -> BoolArray:
        here, (starts, ends) = self.clock(self.question.zone(person)), self.instants
        gone = np.zeros(len(self), dtype=np.bool_)
        coach = self.question.register.coaches.get(person)
        for span in coach.away if coach else ():
            gone |= (here.last >= span.first.toordinal()) & (here.day <= span.last.toordinal())
        for begin, end in self.question.engaged.get(person, ()):
            gone |= (_unix(begin) < ends) & (starts < _unix(end))
        return gone

    def agreed(self, coach: str) -> IntArray:
        """(slots,) sessions the coach has agreed to already on the same day of their clock."""
        found: IntArray = self._once(("agreed", coach), lambda: self._agreed(coach))
        return found

    def _agreed(self, coach: str) -> IntArray:
        zone = self.question.zone(coach)
        engaged = self.question.engaged.get(coach, ())
        counts = Counter(self.question.local(begin, zone).toordinal() for begin, _ in engaged)
        return _ints([counts[day] for day in self.clock(zone).day.tolist()])

    def asked(self) -> BoolArray:
        """(slots,) whether people were asked about it."""
        found = np.ones(len(self), dtype=np.bool_)
        found[sorted(self.question.unasked)] = False
        return found


def _unix(instant: datetime) -> int:
    return int(instant.timestamp())
