"""XLSX files: checked as an archive, then parsed in a process that may fall without taking us along."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from convener import DataError
from convener_files.archive import repacked
from convener_files.grid import Line
from convener_files.limits import Limits

PARSER = Path(__file__).with_name("cells.py")
SMALLER = "remove empty formatted rows and columns, or save the sheet as 'CSV UTF-8'"


def workbook_lines(source: str, content: bytes, sheet: str, limits: Limits) -> Iterator[Line]:
    """Yield the rows of worksheet *sheet* (the first when empty) as text; raise DataError when they cannot be read."""
    answer = _parsed(source, repacked(source, content, limits), sheet, limits)
    refused = answer.get("refused")
    if refused is not None:
        raise DataError(f"{source}: {refused}", hint="save it again with a spreadsheet program")
    rows = cast("list[list[str]]", answer["rows"])
    yield from enumerate(rows, start=1)


def _parsed(source: str, archive: bytes, sheet: str, limits: Limits) -> dict[str, object]:
    figures = (limits.memory, limits.seconds, limits.cells, 20 * limits.cells)
    command = [sys.executable, "-P", str(PARSER), *map(str, figures), sheet]
    try:
        run = subprocess.run(command, input=archive, capture_output=True, check=False, timeout=2 * limits.seconds)  # noqa: S603 # our own interpreter and our own script
    except subprocess.TimeoutExpired:
        raise DataError(f"{source}: not parsed within {2 * limits.seconds} seconds", hint=SMALLER) from None
    if run.returncode != 0:
        raise DataError(f"{source}: the parser gave up; the sheet claims more cells than fit", hint=SMALLER)
    return cast("dict[str, object]", json.loads(run.stdout))
