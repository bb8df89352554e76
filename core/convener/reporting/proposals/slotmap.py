"""Who can come when, as a map: a line for each pod, a column for each slot; the geometry that the template draws.

Coordinates are those of each SVG's own view box: x grows to the right, y grows downwards. Cells of one shade are one
path, so that hundreds of pods and slots stay a page that a browser opens at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from convener.model import PodView, Slot

ACROSS = 60
"""Most columns side by side; more make another block, which begins with a week."""
LABEL, HEAD, TIMES = 150, 44, 34
"""Room for the names of pods, for weeks and days, and for hours where a day has several slots."""
CELL, LOW = 17, 12
"""Width of a cell and height of a line; lines are low where there are many pods."""
ROOMY = 4
"""Columns that the name of a month with its year needs."""
MANY = 24
"""From this many pods on, lines are low."""
COUNTED = 8_000
"""Most cells that carry their count in figures."""
SHADES = (
    "nobody",
    "fewer than a quarter",
    "a quarter and more",
    "half and more",
    "three quarters and more",
    "everybody",
)
"""What each shade says, the lightest first."""
Place = Literal["kept", "fresh", "moved", "left"]
"""A date that stays, a new one, one that a confirmed session moves to, and the one that it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A slot that a session takes."""

    x: int
    y: int
    number: int
    look: Place
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The head of neighbouring columns: a month, a day or an hour."""

    x: float
    """Its middle; where it begins, for a month."""
    text: str
    weekday: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some weeks of the map."""

    width: int
    height: int
    cell: int
    line: int
    months: tuple[Stretch, ...]
    days: tuple[Stretch, ...]
    times: tuple[Stretch, ...]
    """Empty when no day has several slots."""
    seams: tuple[int, ...]
    """Where a week begins."""
    top: int
    names: tuple[tuple[int, str], ...]
    """Height and name of each pod."""
    shades: tuple[tuple[int, bool, str], ...]
    """Shade, whether a rule forbids it, and the path of its cells."""
    crosses: str
    """Path through the cells that a rule forbids."""
    counts: tuple[tuple[int, int, int, bool], ...]
    """Where the figure of a cell stands, how many can come, and whether the ground is dark."""
    rings: tuple[Ring, ...]
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A session on the map."""

    pod: str
    number: int
    starts: datetime
    look: Place
    title: str


def slot_map(
    slots: Sequence[Slot], views: Sequence[PodView], names: Mapping[str, str], taken: Iterable[Taken], zone: str
) -> tuple[Block, ...]:
    """Return the map in blocks of weeks on the clock of *zone*; none without slots. *names* are those of the pods."""
    columns = [_Column(at, slot.starts.astimezone(ZoneInfo(zone))) for at, slot in enumerate(slots)]
    sessions: dict[tuple[str, datetime], list[Taken]] = defaultdict(list)
    for each in taken:
        sessions[each.pod, each.starts].append(each)
    sheet = _Sheet(tuple(views), names, sessions, counted=len(slots) * len(views) <= COUNTED)
    several = any(len(list(day)) > 1 for _, day in groupby(columns, key=_day))
    return tuple(sheet.block(part, several=several) for part in _parts(columns)) if views else ()


def shade(can: int, size: int) -> int:
    """Return the shade of a cell that *can* of *size* people can come to, from 0 for nobody to 5 for everybody."""
    if can >= size:
        return len(SHADES) - 1
    return 0 if can <= 0 else 1 + 4 * can // size


@dataclass(frozen=True, slots=True)
class _Column:
    slot: int
    starts: datetime


def _day(column: _Column) -> date:
    return column.starts.date()


def _month(column: _Column) -> tuple[int, int]:
    return column.starts.year, column.starts.month


def _week(column: _Column) -> tuple[int, int]:
    return column.starts.isocalendar()[:2]


def _parts(columns: Sequence[_Column]) -> Iterator[list[_Column]]:
    """Yield neighbouring columns, whole weeks as far as they fit."""
    part: list[_Column] = []
    for _, week in groupby(columns, key=_week):
        days = list(week)
        if part and len(part) + len(days) > ACROSS:
            yield part
            part = []
        part += days
        while len(part) > ACROSS:
            yield part[:ACROSS]
            part = part[ACROSS:]
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class _Sheet:
    views: tuple[PodView, ...]
    names: Mapping[str, str]
    sessions: Mapping[tuple[str, datetime], Sequence[Taken]]
    counted: bool

    @property
    def line(self) -> int:
        return LOW if len(self.views) >= MANY else CELL

    def block(self, columns: Sequence[_Column], *, several: bool) -> Block:
        top = HEAD + (TIMES if several else 0)
        line = self.line
        first, last = columns[0].starts, columns[-1].starts
        return Block(
            width=LABEL + len(columns) * CELL + 4,
            height=top + len(self.views) * line + 4,
            cell=CELL,
            line=line,
            months=tuple(_months(columns)),
            days=tuple(_days(columns)),
            times=tuple(Stretch(x=_x(at) + CELL / 2, text=f"{c.starts:%H:%M}") for at, c in enumerate(columns))
            if several
            else (),
            seams=tuple(_seams(columns)),
            top=top,
            names=tuple((top + at * line + line - 4, self.names[v.pod]) for at, v in enumerate(self.views)),
            shades=tuple(self._shades(columns, top)),
            crosses=self._crosses(columns, top),
            counts=tuple(self._counts(columns, top)) if self.counted else (),
            rings=tuple(self._rings(columns, top)),
            described=f"{first:%-d %B %Y} to {last:%-d %B %Y}: {len(columns)} slots, {len(self.views)} lines",
        )

    def _cells(self, columns: Sequence[_Column], top: int) -> Iterator[tuple[int, int, PodView, _Column]]:
        for row, view in enumerate(self.views):
            for at, column in enumerate(columns):
                yield _x(at), top + row * self.line, view, column

    def _shades(self, columns: Sequence[_Column], top: int) -> Iterator[tuple[int, bool, str]]:
        paths: dict[tuple[int, bool], list[str]] = defaultdict(list)
        wide, high = CELL - 1, self.line - 1
        for x, y, view, column in self._cells(columns, top):
            look = shade(_can(view, column), view.size), view.can[column.slot] < 0
            paths[look].append(f"M{x} {y}h{wide}v{high}h-{wide}z")
        return ((level, barred, "".join(path)) for (level, barred), path in sorted(paths.items()))

    def _crosses(self, columns: Sequence[_Column], top: int) -> str:
        wide, high = CELL - 1, self.line - 1
        cells = self._cells(columns, top)
        return "".join(f"M{x} {y}l{wide} {high}m0 -{high}l-{wide} {high}" for x, y, v, c in cells if v.can[c.slot] < 0)

    def _counts(self, columns: Sequence[_Column], top: int) -> Iterator[tuple[int, int, int, bool]]:
        dark = len(SHADES) - 2
        for x, y, view, column in self._cells(columns, top):
            can = _can(view, column)
            if view.can[column.slot] >= 0 and (view.pod, column.starts) not in self.sessions:
                yield x + CELL // 2, y + self.line - 5, can, shade(can, view.size) >= dark

    def _rings(self, columns: Sequence[_Column], top: int) -> Iterator[Ring]:
        for x, y, view, column in self._cells(columns, top):
            for each in self.sessions.get((view.pod, column.starts), ()):
                yield Ring(x=x, y=y, number=each.number, look=each.look, title=each.title)


def _x(at: int) -> int:
    return LABEL + at * CELL


def _can(view: PodView, column: _Column) -> int:
    said = view.can[column.slot]
    return said if said >= 0 else -1 - said


def _seams(columns: Sequence[_Column]) -> Iterator[int]:
    """Yield where each week begins."""
    for at, column in enumerate(columns):
        if not at or _week(columns[at - 1]) != _week(column):
            yield _x(at)


def _months(columns: Sequence[_Column]) -> Iterator[Stretch]:
    at = 0
    for (year, _), parts in groupby(columns, key=_month):
        days = list(parts)
        name = f"{days[0].starts:%b}"
        yield Stretch(x=_x(at), text=f"{name} {year}" if len(days) >= ROOMY else name)
        at += len(days)


def _days(columns: Sequence[_Column]) -> Iterator[Stretch]:
    at = 0
    for day, parts in groupby(columns, key=_day):
        count = len(list(parts))
        yield Stretch(x=_x(at) + count * CELL / 2, text=str(day.day), weekday=f"{day:%a}"[:2])
        at += count
