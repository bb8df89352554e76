"""From lines of cells to a table."""

import pytest

from convener import DataError
from convener_files.grid import read_grid
from convener_files.limits import Limits

SMALL = Limits(rows=3, columns=3, cells=8, field=5)


def test_the_first_line_with_text_is_the_header() -> None:
    """Blank lines before and between are skipped and counted."""
    table = read_grid("a.csv", [(1, ["", ""]), (2, ["id", " name "]), (3, []), (4, ["1", "Ana"])], Limits())

    assert ("id", "name") == table.header
    assert [(4, {"id": "1", "name": "Ana"})] == [(row.line, dict(row.values)) for row in table.rows]


def test_headings_and_values_are_composed() -> None:
    """A heading typed with a combining mark is the same heading."""
    table = read_grid("a.csv", [(1, ["Prénom"]), (2, ["Zoë\u00a0"])], Limits())

    assert {"Prénom": "Zoë"} == dict(table.rows[0].values)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "a.csv: the file is empty"),
        ([(1, ["", " "])], "a.csv: the file is empty"),
        ([(2, ["id", "Email", "email "])], "a.csv:2: the heading 'email' stands twice, over columns 2 and 3"),
        ([(1, ["id", "", "name"])], "a.csv:1: column 2 has no heading"),
        ([(1, ["id", "name"]), (7, ["1"])], "a.csv:7: 1 value for 2 headings"),
        ([(1, ["id", "name"]), (7, ["1", "Ana", "x"])], "a.csv:7: 3 values for 2 headings"),
        ([(1, ["id"]), (2, ["a\0b"])], "a.csv:2: a NUL character"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(lines: list[tuple[int, list[str]]], message: str) -> None:
    """Each fault of the form has one message with its place."""
    with pytest.raises(DataError) as caught:
        read_grid("a.csv", lines, Limits())

    assert message == str(caught.value)


def test_blank_columns_at_the_end_are_no_columns() -> None:
    """Separators that a spreadsheet program adds at the end of every line are left out."""
    table = read_grid("a.csv", [(1, ["id", "", ""]), (2, ["1", "", ""])], Limits())

    assert ("id",) == table.header


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([(1, ["id"]), *((line, ["1"]) for line in range(2, 9))], "more than 3 rows"),
        ([(1, ["a", "b", "c", "d"])], "a.csv:1: more than 3 columns"),
        ([(1, ["a", "b", "c"]), (2, ["1", "2", "3"]), (3, ["1", "2", "3"])], "more than 8 cells"),
        ([(1, ["a"]), (2, ["123456"])], "a.csv:2: more than 5 characters in one value"),
    ],
)
def test_limits_hold_while_reading(lines: list[tuple[int, list[str]]], what: str) -> None:
    """Rows, columns, cells and lengths end somewhere."""
    with pytest.raises(DataError, match=what):
        read_grid("a.csv", lines, SMALL)
