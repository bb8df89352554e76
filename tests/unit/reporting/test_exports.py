"""JSON in the designed shape and one tidy CSV."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from convener.model import Register
from convener.reporting import client_report, report_csv, report_json
from convener.reporting.exports import HEADER, escaped
from convener.rulesets.ruleset import Ruleset


def test_the_json_has_the_designed_shape(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R19: client, programme, as_of, figures, tables and comments."""
    shape = json.loads(json.dumps(report_json(client_report(ruleset, register, as_of=as_of))))

    assert {"client", "programme", "as_of", "figures", "tables", "comments"} <= shape.keys()
    assert {"id": "attendance", "label": "Attendance", "numerator": 108, "denominator": 120, "value": 0.9} == {
        key: shape["figures"][0][key] for key in ("id", "label", "numerator", "denominator", "value")
    }
    assert "2027-05-03" == shape["figures"][0]["as_of"]


def test_the_csv_holds_every_row_of_every_table(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """One header, one line for each figure and each row."""
    report = client_report(ruleset, register, as_of=as_of)
    rows = list(csv.DictReader(io.StringIO(report_csv(report))))

    assert list(HEADER) == list(rows[0])
    assert len(report.figures) + sum(len(table.rows) for table in report.tables) == len(rows)
    assert {"2027-05-03"} == {row["as_of"] for row in rows}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        " =1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """Whatever a spreadsheet takes for a formula is led by an apostrophe."""
    assert escaped(text).startswith("'")
    assert "\x00" not in escaped(text)


@pytest.mark.parametrize("text", ["a;=1", "a\t=1", "a\n@x", "a; =1", "a\r\n=1"])
def test_no_cell_becomes_a_formula_by_another_separator(text: str) -> None:
    """A locale that splits at semicolons finds the apostrophe there as well."""
    assert "'" == escaped(text).replace("a", "").lstrip(";\t\r\n ")[0]


def test_plain_text_numbers_and_days_stay_as_they_are() -> None:
    """Only text is ever changed."""
    cells = ("Hye-jin O'Neill", "Data; sharing", -1.5, 0, date(2027, 5, 3), None)

    assert ["Hye-jin O'Neill", "Data; sharing", "-1.5", "0", "2027-05-03", ""] == [escaped(cell) for cell in cells]


def test_a_hostile_name_leaves_as_text(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Names come from rosters that others fill in."""
    first = next(iter(register.people))
    hostile = replace(register.people[first], name='=HYPERLINK("http://x","y")')
    text = report_csv(
        client_report(ruleset, replace(register, people={**register.people, first: hostile}), as_of=as_of)
    )
    cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}

    assert not [cell for cell in cells if cell.startswith("=")]
