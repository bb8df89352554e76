"""The calendar heat map for the terminal: a line for each month, a cell for each day."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from convener.reporting.calendar import DAYS, STEPS, Calendar, Cell, Month, Off

SIGNS = (" ", "\N{LIGHT SHADE}", "\N{MEDIUM SHADE}", "\N{DARK SHADE}", "\N{BLACK SQUARE}", "\N{FULL BLOCK}")
"""How a shade looks without colours, by its level."""
GROUNDS = ("", "#0a4550", "#146472", "#24808e", "#57a9b3", "#a9dde2")
"""Background of a shade, by its level: darker is quieter, as terminals are dark."""
INKS = ("", "#e6f4f5", "#ffffff", "#ffffff", "#04262c", "#04262c")
REST = {Off.WORKING: "\N{MIDDLE DOT}", Off.WEEKEND: " ", Off.HOLIDAY: "="}
"""A day on which nothing goes out."""
MEETS = "\N{BULLET}"
NARROW, WIDE = 2, 4
"""Columns of a cell: a sign, or the count itself."""
LABEL = 9
SUMS = 6


def heatmap(calendar: Calendar, console: Console) -> Iterator[Text]:
    """Yield the lines of *calendar* as wide as *console* allows: with counts in the cells, or with signs alone."""
    wide = console.width >= LABEL + DAYS * WIDE + SUMS
    size, plain = (WIDE if wide else NARROW), console.no_color or console.color_system is None
    head = "".join(_number(day, size) for day in range(1, DAYS + 1))
    yield Text(f"{'':{LABEL}}{head}{'sum':>{SUMS}}", style="dim")
    for month in calendar.months:
        yield _line(month, size, plain=plain)
    yield Text()
    yield _legend(calendar, plain=plain)


def _number(day: int, size: int) -> str:
    """Return the number over a column; where two do not fit side by side, every fifth."""
    if size == WIDE:
        return f"{day:>{size}}"
    return f"{day if day == 1 or day % 5 == 0 else '':<{size}}"


def _line(month: Month, size: int, *, plain: bool) -> Text:
    line = Text(f"{month.first:%b %Y} ")
    for cell in month.cells:
        line.append_text(_cell(cell, size, plain=plain) if cell else Text(" " * size))
    line.append(f"{month.count or '':>{SUMS}}")
    return line


def _cell(cell: Cell, size: int, *, plain: bool) -> Text:
    mark = MEETS if cell.sessions else ""
    if size == WIDE:
        body = f"{_brief(cell.count) or REST[cell.off]}{mark}"
    elif plain or not cell.level:
        body = f"{SIGNS[cell.level] if cell.level else REST[cell.off]}{mark or ' '}"
    else:
        body = f" {mark or ' '}"
    shown = f"{body:>{size}}"
    if plain or not cell.level:
        return Text(shown, style="" if plain else "dim")
    return Text(shown, style=f"{INKS[cell.level]} on {GROUNDS[cell.level]}")


def _brief(count: int) -> str:
    """Return *count* in three characters, nothing for none."""
    thousand = 1000
    return f"{count // thousand}k" if count >= thousand else str(count or "")


def _legend(calendar: Calendar, *, plain: bool) -> Text:
    """Return what the cells mean, a line for the shades and a line for the signs."""
    legend = Text(" " * LABEL)
    for shade in calendar.shades[-STEPS:]:
        sign = SIGNS[shade.level] * 2 if plain else "  "
        legend.append(sign, style="" if plain else f"on {GROUNDS[shade.level]}")
        legend.append(f" {shade.label}   ")
    signs = f"{MEETS} session   {REST[Off.HOLIDAY]} holiday   {REST[Off.WORKING]} nothing on a working day"
    return legend.append(f"\n{'':{LABEL}}{signs}")
