"""Files on disk for the readers."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write *content* to a file in the workspace and return its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of typed cells to an XLSX file and return its path."""

    def write(name: str, rows: Sequence[Sequence[object]], *, sheet: str = "People", formats: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            page = book.add_worksheet(sheet)
            style = book.add_format({"num_format": formats}) if formats else None
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    page.write(number, column, value, style)
        return path

    return write
