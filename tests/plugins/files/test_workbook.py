"""XLSX files, hostile ones included."""

import datetime as dt
import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener import DataError
from convener_files.limits import LIMITS, MEGABYTE, Limits
from convener_files.workbook import workbook_lines

pytestmark = pytest.mark.integration


def with_part(path: Path, name: str, content: bytes) -> bytes:
    """Return the workbook at *path* with the part *name* replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return target.getvalue()


def test_typed_cells_come_as_text(workbook: Callable[..., Path]) -> None:
    """Numbers without `.0`, dates as ISO, text as typed."""
    content = workbook("a.xlsx", [("id", "mobile", "grade"), ("00123", 447700915524, 3.5)]).read_bytes()

    assert [(1, ["id", "mobile", "grade"]), (2, ["00123", "447700915524", "3.5"])] == list(
        workbook_lines("a.xlsx", content, "", LIMITS),
    )


def test_a_date_cell_is_an_iso_date(workbook: Callable[..., Path]) -> None:
    """What is formatted as a date is one."""
    content = workbook("a.xlsx", [(dt.date(2027, 1, 19),)], formats="dd/mm/yyyy").read_bytes()

    assert [(1, ["2027-01-19"])] == list(workbook_lines("a.xlsx", content, "", LIMITS))


def test_a_sheet_that_claims_the_whole_grid_is_refused(workbook: Callable[..., Path]) -> None:
    """Two cells a million rows and sixteen thousand columns apart ask the parser for half a terabyte."""
    path = workbook("a.xlsx", [("id",)])
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )

    with pytest.raises(DataError, match="claims more cells than fit"):
        list(workbook_lines("a.xlsx", with_part(path, "xl/worksheets/sheet1.xml", sheet), "", LIMITS))


def test_one_long_text_used_a_million_times_is_refused(workbook: Callable[..., Path]) -> None:
    """Texts are shared in a workbook: a small file can stand for gigabytes."""
    path = workbook("a.xlsx", [("id",)])
    names = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"ab" * 40_000
    shared = with_part(path, "xl/sharedStrings.xml", names + b"</t></si></sst>")
    Path(path).write_bytes(shared)
    cells = b'<c t="s"><v>0</v></c>' * 50
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b"".join(b'<row r="%d">%s</row>' % (number, cells) for number in range(1, 400))
        + b"</sheetData></worksheet>"
    )
    limits = Limits(ratio=100_000)

    with pytest.raises(DataError, match=r"claims more cells than fit|more cells or characters"):
        list(workbook_lines("a.xlsx", with_part(path, "xl/worksheets/sheet1.xml", sheet), "", limits))


def test_a_bomb_is_refused_at_once(workbook: Callable[..., Path], counted: Callable[[], Any]) -> None:
    """200 MB of XML in a small file is refused without unpacking it, which its memory and calls show."""
    bomb = with_part(workbook("a.xlsx", [("id",)]), "xl/worksheets/sheet1.xml", b" " * 200 * MEGABYTE)
    assert len(bomb) < MEGABYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with counted() as calls, pytest.raises(DataError, match="bytes when unpacked"):
        list(workbook_lines("a.xlsx", bomb, "", LIMITS))

    assert calls.count < 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 50 * 1024


def test_a_workbook_without_sheets_is_told(workbook: Callable[..., Path]) -> None:
    """A file that is XML but no workbook gets one message."""
    content = with_part(workbook("a.xlsx", [("id",)]), "xl/workbook.xml", b"<workbook/>")

    with pytest.raises(DataError, match=r"a\.xlsx: no"):
        list(workbook_lines("a.xlsx", content, "", LIMITS))
