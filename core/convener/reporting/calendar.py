"""A year as a heat map: a line for each month, a cell for each day, shaded by how much goes out on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

STEPS = 5
"""Most shades there are."""
DAYS = 31
"""Columns of the map."""
SATURDAY = 5


class Off(StrEnum):
    """Why a day is no working day."""

    WORKING = ""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """One shade of the legend: counts from *least* to *most*, both included."""

    level: int
    """From 1, the lightest."""
    least: int
    most: int

    @property
    def label(self) -> str:
        """`4-11`, or `1` where both are the same."""
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day."""

    day: date
    count: int
    level: int
    """Its shade; 0 for nothing."""
    sessions: int
    off: Off


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One line: the days of a month by column, None outside of the month or of the map."""

    first: date
    cells: tuple[Cell | None, ...]

    @property
    def count(self) -> int:
        """How much goes out in the month."""
        return sum(cell.count for cell in self.cells if cell)

    @property
    def sessions(self) -> int:
        """How many sessions take place in the month."""
        return sum(cell.sessions for cell in self.cells if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The whole map."""

    months: tuple[Month, ...]
    shades: tuple[Shade, ...]
    """Lightest first; none when nothing goes out."""


def calendar_of(
    span: tuple[date, date], counts: Mapping[date, int], sessions: Mapping[date, int], holidays: Collection[date]
) -> Calendar:
    """Return the map from the first day of *span* to its last, both included, with what is counted by day."""
    first, last = span
    shades = shades_for(max((count for day, count in counts.items() if first <= day <= last), default=0))
    cells: dict[date, Cell] = {}
    day = first
    while day <= last:
        count = counts.get(day, 0)
        level = next((shade.level for shade in shades if shade.least <= count <= shade.most), 0)
        cells[day] = Cell(day=day, count=count, level=level, sessions=sessions.get(day, 0), off=_off(day, holidays))
        day += timedelta(days=1)
    return Calendar(months=tuple(_month(month, cells) for month in _months(first, last)), shades=shades)


def shades_for(most: int) -> tuple[Shade, ...]:
    """Return the shades for counts up to *most*: each is wider than the one before by the same factor."""
    ends = sorted({max(1, round(most ** (step / STEPS))) for step in range(1, STEPS + 1)}) if most else []
    begins = [1, *(end + 1 for end in ends)]
    return tuple(
        Shade(level=level, least=least, most=end)
        for level, (least, end) in enumerate(zip(begins, ends, strict=False), start=STEPS - len(ends) + 1)
    )


def _off(day: date, holidays: Collection[date]) -> Off:
    if day in holidays:
        return Off.HOLIDAY
    return Off.WEEKEND if day.weekday() >= SATURDAY else Off.WORKING


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + offset for offset in range(count))
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _month(first: date, cells: Mapping[date, Cell]) -> Month:
    days = (first + timedelta(days=offset) for offset in range(DAYS))
    return Month(first=first, cells=tuple(cells.get(day) if day.month == first.month else None for day in days))
