"""The geometry of the calendar heat map; the template draws it as SVG.

Coordinates are those of the SVG's own view box: x grows to the right, y grows downwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from convener.reporting.calendar import DAYS, STEPS, Calendar, Cell, Month, Off, Shade

LEFT, TOP, RIGHT, BOTTOM = 78, 78, 132, 58
"""Room for the months, the title and the days, the sums, and the legend."""
WIDE, HIGH, GAP = 25, 23, 3
"""A cell, and the room between two."""
DARK = 4
"""From this shade on, figures are white."""
ENTRY = 96
"""Room for one entry of the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell as drawn."""

    x: int
    y: int
    shade: str
    """CSS classes of its ground."""
    count: str
    """Empty for nothing."""
    has_session: bool
    is_holiday: bool
    title: str
    """What it shows, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One month as drawn."""

    label: str
    y: int
    squares: tuple[Square, ...]
    count: str
    sessions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the legend."""

    x: int
    shade: str
    label: str
    has_session: bool = False
    is_holiday: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The whole picture."""

    width: int
    height: int
    wide: int
    high: int
    heads: tuple[tuple[int, str], ...]
    """Where the number of each day stands."""
    head_y: int
    sums_x: tuple[int, int]
    """Where the sums of a month end: messages, sessions."""
    rows: tuple[Row, ...]
    legend: tuple[Entry, ...]
    legend_y: int


def panel_of(calendar: Calendar, holidays: Mapping[date, str]) -> Panel:
    """Return *calendar* as it is drawn; *holidays* are the names of public holidays."""
    right = LEFT + DAYS * (WIDE + GAP)
    bottom = TOP + len(calendar.months) * (HIGH + GAP)
    return Panel(
        width=right + RIGHT,
        height=bottom + BOTTOM,
        wide=WIDE,
        high=HIGH,
        heads=tuple((_x(column) + WIDE // 2, str(column + 1)) for column in range(DAYS)),
        head_y=TOP - 8,
        sums_x=(right + 60, right + 124),
        rows=tuple(_row(month, TOP + nth * (HIGH + GAP), holidays) for nth, month in enumerate(calendar.months)),
        legend=_legend(calendar.shades),
        legend_y=bottom + 20,
    )


def _x(column: int) -> int:
    return LEFT + column * (WIDE + GAP)


def _row(month: Month, y: int, holidays: Mapping[date, str]) -> Row:
    return Row(
        label=f"{month.first:%b %Y}",
        y=y,
        squares=tuple(_square(cell, y, holidays) for cell in month.cells if cell),
        count=f"{month.count:,}" if month.count else "",
        sessions=str(month.sessions) if month.sessions else "",
    )


def _square(cell: Cell, y: int, holidays: Mapping[date, str]) -> Square:
    return Square(
        x=_x(cell.day.day - 1),
        y=y,
        shade=shade_class(cell.level, cell.off),
        count=str(cell.count) if cell.count else "",
        has_session=bool(cell.sessions),
        is_holiday=cell.off is Off.HOLIDAY,
        title=_title(cell, holidays),
    )


def shade_class(level: int, off: Off = Off.WORKING) -> str:
    """Return the CSS classes of a cell: its shade, or what kind of day it is when nothing goes out."""
    if level:
        return f"level-{level}{' dark' if level >= DARK else ''}"
    return off.value or "working"


def _title(cell: Cell, holidays: Mapping[date, str]) -> str:
    messages = f"{cell.count} message{'' if cell.count == 1 else 's'}" if cell.count else "nothing goes out"
    sessions = f", {cell.sessions} session{'' if cell.sessions == 1 else 's'}" if cell.sessions else ""
    holiday = f" ({holidays[cell.day]})" if cell.day in holidays else ""
    return f"{cell.day:%A} {cell.day.day} {cell.day:%B %Y}{holiday}: {messages}{sessions}"


def _legend(shades: tuple[Shade, ...]) -> tuple[Entry, ...]:
    """Return the shades there are, and what else a cell can say."""
    said = [(shade_class(shade.level), shade.label, False, False) for shade in shades[-STEPS:]]
    said.append(("working", "session", True, False))
    said.append((Off.WEEKEND.value, "weekend", False, False))
    said.append((Off.HOLIDAY.value, "holiday", False, True))
    return tuple(
        Entry(x=LEFT + nth * ENTRY, shade=shade, label=label, has_session=session, is_holiday=holiday)
        for nth, (shade, label, session, holiday) in enumerate(said)
    )
