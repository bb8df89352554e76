"""Lengths of time, shares and date ranges as people write them in a rule file."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """Units a span may be written in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"


_SPAN = re.compile(r"^(?P<count>\d{1,4}) (?P<unit>minute|hour|day|working day|week|month)s?$")
_HOURS = {
    Unit.MINUTE: Fraction(1, 60),
    Unit.HOUR: Fraction(1),
    Unit.DAY: Fraction(24),
    Unit.WEEK: Fraction(168),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time such as `2 working days`: a whole count and a unit."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read `21 days`, `1 working day` or `6 weeks`; raise ValueError otherwise."""
        found = _SPAN.match(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a length of time, for example '2 working days' or '3 hours'")
        return cls(int(found["count"]), Unit(found["unit"]))

    @property
    def is_exact(self) -> bool:
        """Whether the span is the same length everywhere (no months, no working days)."""
        return self.unit in _HOURS

    def as_timedelta(self) -> timedelta:
        """Return the exact length; raise ValueError for months and working days."""
        if not self.is_exact:
            raise ValueError(f"'{self}' has no fixed length")
        return timedelta(hours=float(self.count * _HOURS[self.unit]))

    @property
    def days(self) -> int:
        """The length in whole days, rounded up; raise ValueError for months and working days."""
        return math.ceil(self.as_timedelta() / timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


def parse_share(text: str) -> Fraction:
    """Read `75%` as 3/4; raise ValueError unless it lies between 0 % and 100 %."""
    found = re.match(r"^(\d{1,3}(?:\.\d+)?) ?%$", text.strip())
    share = Fraction(found[1]) / 100 if found else Fraction(-1)
    if not 0 <= share <= 1:
        raise ValueError(f"{text!r} is not a share, for example '75%'")
    return share


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """Days from *first* to *last*, both included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> "DateRange":
        """Read `2027-08-02..2027-08-27` or a single date; raise ValueError otherwise."""
        first, _, last = text.strip().partition("..")
        try:
            span = cls(date.fromisoformat(first), date.fromisoformat(last or first))
        except ValueError:
            raise ValueError(f"{text!r} is not a date or a range such as '2027-08-02..2027-08-27'") from None
        if span.last < span.first:
            raise ValueError(f"{text!r} ends before it begins")
        return span

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"
