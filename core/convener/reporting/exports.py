"""The report as JSON and as one long, tidy CSV."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from convener.reporting.figures import Cell, Figure, Report, Table

DIMENSIONS = ("pod", "line", "participant", "session", "topic", "date", "first", "last", "starts", "ends", "zone")
"""Columns of the CSV that say what a row is about."""
MEASURES = ("item", "status", "effect", "reachable", "score", "people", "held", "numerator", "denominator", "value",
            "score_1", "score_2", "score_3", "score_4", "score_5")  # fmt: skip
"""Columns of the CSV that say what was found."""
HEADER: tuple[str, ...] = ("client", "programme", "as_of", "table", *DIMENSIONS, *MEASURES)
_FORMULA = re.compile(r"(^|[;\t\r\n])([\s\x00]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile(r"^(?=[\t\r\n])")


def report_json(report: Report) -> dict[str, object]:
    """Return *report* in the shape that `--json` prints; dates and instants as ISO 8601."""
    return {
        "client": report.client,
        "programme": report.programme,
        "as_of": report.as_of.isoformat(),
        "figures": [_figure(figure) for figure in report.figures],
        "tables": [_table(table) for table in report.tables],
        "comments": list(report.comments),
        "definitions": [{"term": term, "meaning": meaning} for term, meaning in report.definitions],
    }


def report_csv(report: Report) -> str:
    """Return every figure and table as one CSV with the columns of `HEADER`, lines ending in CR LF.

    Text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADER, restval="")
    writer.writeheader()
    common: dict[str, Cell] = {
        "client": report.client,
        "programme": report.programme,
        "as_of": report.as_of,
    }
    for row in _rows(report):
        writer.writerow({name: escaped(cell) for name, cell in {**common, **row}.items()})
    return stream.getvalue()


def escaped(cell: Cell) -> str:
    """Return *cell* as text that no spreadsheet evaluates, however it splits the line.

    Covers `=`, `+`, `-`, `@` and their full-width forms at the start, after leading blanks, and after a character
    that some locale separates columns or lines with; and a leading TAB, CR or LF. NUL becomes U+FFFD.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _CONTROL.sub("'", _FORMULA.sub(r"\1'\2", cell)).replace("\x00", "\ufffd")
    return str(_plain(cell))


def _rows(report: Report) -> Iterator[dict[str, Cell]]:
    for figure in report.figures:
        value = figure.value
        yield {"table": "figures", "item": figure.id, "numerator": figure.numerator,
               "denominator": figure.denominator, "value": value}  # fmt: skip
    for table in report.tables:
        for record in table.records():
            yield {"table": table.id, **record}


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "label": figure.label,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
        "unit": figure.unit,
        "as_of": figure.as_of.isoformat(),
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "id": table.id,
        "title": table.title,
        "columns": [{"id": column.id, "label": column.label} for column in table.columns],
        "rows": [{name: _plain(cell) for name, cell in record.items()} for record in table.records()],
    }


def _plain(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
