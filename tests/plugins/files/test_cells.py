"""Cells as text."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from convener_files.cells import Value, parse, text_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00123", "00123"),
        (447700915524.0, "447700915524"),
        (3.0, "3"),
        (3.5, "3.5"),
        (0.1 + 0.2, "0.3"),
        (-2, "-2"),
        (1e20, "100000000000000000000"),
        (True, "true"),
        (False, "false"),
        (dt.date(2027, 1, 19), "2027-01-19"),
        (dt.datetime(2027, 1, 19), "2027-01-19"),  # noqa: DTZ001 # a workbook knows no zone
        (dt.datetime(2027, 1, 19, 9, 30), "2027-01-19T09:30"),  # noqa: DTZ001 # as above
        (dt.time(9, 30), "09:30"),
        (dt.time(9, 30, 15), "09:30:15"),
        (dt.timedelta(hours=26, minutes=5), "26:05"),
        (dt.timedelta(seconds=61), "00:01:01"),
    ],
)
def test_every_cell_is_text_as_a_person_reads_it(value: Value, expected: str) -> None:
    """R3: no `.0`, no exponent in a telephone number, ISO dates and times."""
    assert expected == text_of(value)


def test_rows_keep_their_place(workbook: Callable[..., Path]) -> None:
    """Blank rows above the data are rows."""
    content = workbook("a.xlsx", [(), (), ("id", "name")]).read_bytes()

    assert {"rows": [["", ""], ["", ""], ["id", "name"]]} == parse(content, "", 100, 100)


@pytest.mark.parametrize(("cells", "characters"), [(3, 100), (100, 3)])
def test_ceilings_end_the_parsing(workbook: Callable[..., Path], cells: int, characters: int) -> None:
    """Too many cells or too much text is refused while reading."""
    content = workbook("a.xlsx", [("id", "name"), ("1", "Ana")]).read_bytes()

    assert {"refused": "more cells or characters than a roster has"} == parse(content, "", cells, characters)


def test_what_is_no_workbook_is_refused() -> None:
    """The parser's own words are not passed on, only what kind of trouble it was."""
    assert str(parse(io.BytesIO(b"nothing").getvalue(), "", 1, 1)["refused"]).startswith("not a readable workbook")
