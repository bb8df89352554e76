"""From lines of cells to a table: one header, full rows, clean strings, true line numbers."""

import unicodedata
from collections.abc import Iterable, Sequence

from convener import DataError, Table, TableRow
from convener_files.limits import Limits, too_many

Line = tuple[int, Sequence[str]]
"""The line number in the file, from 1, and its cells."""


def read_grid(source: str, lines: Iterable[Line], limits: Limits) -> Table:
    """Return the table in *lines*; the first line that is not blank is the header.

    Values are NFC without surrounding space. Raises DataError with file and line for a missing or doubled heading, a
    row of another length, NUL characters and anything over *limits*.
    """
    header: tuple[str, ...] = ()
    rows: list[TableRow] = []
    for line, raw in _within(source, lines, limits):
        cells = [_clean(cell, f"{source}:{line}", limits) for cell in raw]
        if not any(cells):
            continue
        if header:
            rows.append(_row(source, line, header, cells))
        else:
            header = _header(source, line, cells)
    if not header:
        raise DataError(f"{source}: the file is empty", hint="the first line names the columns")
    return Table(source=source, header=header, rows=tuple(rows))


def _within(source: str, lines: Iterable[Line], limits: Limits) -> Iterable[Line]:
    """Pass lines on while their number, width and area stay within *limits*."""
    cells = 0
    for count, (line, raw) in enumerate(lines):
        cells += len(raw)
        if count > limits.rows:
            raise too_many(source, "rows", limits.rows)
        if len(raw) > limits.columns:
            raise too_many(f"{source}:{line}", "columns", limits.columns)
        if cells > limits.cells:
            raise too_many(source, "cells", limits.cells)
        yield line, raw


def _clean(cell: str, where: str, limits: Limits) -> str:
    if "\0" in cell:
        raise DataError(f"{where}: a NUL character", hint="save the file as 'CSV UTF-8'")
    if len(cell) > limits.field:
        raise too_many(where, "characters in one value", limits.field)
    return unicodedata.normalize("NFC", cell).strip()


def _header(source: str, line: int, cells: Sequence[str]) -> tuple[str, ...]:
    """Return the headings; trailing blank ones are dropped, doubled ones refused."""
    width = max(number for number, cell in enumerate(cells, start=1) if cell)
    names = tuple(cells[:width])
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if not name:
            raise DataError(f"{source}:{line}: column {number} has no heading", hint="name it or remove the column")
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            raise DataError(
                f"{source}:{line}: the heading {name!r} stands twice, over columns {first} and {number}",
                hint="rename or remove one of them",
            )
    return names


def _row(source: str, line: int, header: tuple[str, ...], cells: Sequence[str]) -> TableRow:
    width = len(header)
    if len(cells) < width or any(cells[width:]):
        held = max(number for number, cell in enumerate(cells, start=1) if cell or number <= width)
        raise DataError(
            f"{source}:{line}: {held} value{'s' if held != 1 else ''} for {width} headings",
            hint="a separator is missing or too many; put quotes around a value that contains one",
        )
    return TableRow(line=line, values=dict(zip(header, cells, strict=False)))
