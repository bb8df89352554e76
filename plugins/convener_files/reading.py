"""One reader for every table file, whatever it holds."""

import stat
from pathlib import Path

from convener import DataError, Table
from convener_files.delimited import decode, lines
from convener_files.grid import read_grid
from convener_files.limits import LIMITS, Limits, too_many
from convener_files.workbook import workbook_lines

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
TEXTS = frozenset({".csv", ".tsv", ".txt"})
ZIP_MARK = b"PK\x03\x04"


def read_table(path: Path, source: str, *, sheet: str = "", limits: Limits = LIMITS) -> Table:
    """Return the table in the CSV or XLSX file *path*, called *source* in messages; raise DataError if unreadable."""
    kind = path.suffix.lower()
    if kind not in WORKBOOKS | TEXTS:
        raise DataError(
            f"{source}: cannot read files that end in {kind or 'nothing'!r}", hint="use .csv, .tsv or .xlsx"
        )
    content = _content(path, source, limits)
    if kind in WORKBOOKS:
        return read_grid(source, workbook_lines(source, content, sheet, limits), limits)
    if content.startswith(ZIP_MARK):
        raise DataError(f"{source}: this is a workbook, not text", hint="let its name end in .xlsx")
    return read_grid(source, lines(source, decode(source, content)), limits)


def _content(path: Path, source: str, limits: Limits) -> bytes:
    """Read a regular file of bounded size."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError(f"{source}: not a file")
        with path.open("rb") as stream:
            content = stream.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise DataError(f"{source}: no such file", hint="check the name and the connector's folder") from None
    except OSError as cause:
        raise DataError(f"{source}: cannot be read ({cause.strerror})", hint="check its permissions") from None
    if len(content) > limits.file_bytes:
        raise too_many(source, "bytes", limits.file_bytes)
    return content
