"""A process of its own that parses one workbook: a few bytes can ask the parser for terabytes, and it then aborts.

Run by `workbook.py` as a script, with the workbook on stdin and the limits as arguments; writes JSON to stdout:
`{"rows": [[…], …]}` or `{"refused": "…"}`. Imports nothing of Convener, to start fast.
"""

import datetime as dt
import io
import json
import sys
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

if sys.platform != "win32":
    import resource

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def confine(memory: int, seconds: int) -> None:
    """Limit the address space and the processor time of this process, where the platform can."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(value: Value) -> str:
    """Return *value* as a person reads it: no `.0` after a whole number, dates and times as ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.timedelta):
        return _length(value)
    return value if isinstance(value, str) else _moment(value)


def rows_of(sheet: CalamineSheet, cells: int, characters: int) -> Iterator[list[str]]:
    """Yield the rows of *sheet* as text; raise ValueError past *cells* or *characters*."""
    for row in sheet.iter_rows():
        texts = [text_of(value) for value in row]
        cells -= len(texts)
        characters -= sum(map(len, texts))
        if cells < 0 or characters < 0:
            raise ValueError("more cells or characters than a roster has")
        yield texts


def parse(content: bytes, wanted: str, cells: int, characters: int) -> dict[str, object]:
    """Return the rows of the sheet *wanted* (the first when empty), or why they cannot be read."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if wanted and wanted not in workbook.sheet_names:
            return {"refused": f"no worksheet {wanted!r}; there are: {', '.join(workbook.sheet_names)}"}
        if not workbook.sheet_names:
            return {"refused": "no worksheet"}
        sheet = workbook.get_sheet_by_name(wanted or workbook.sheet_names[0])
        return {"rows": list(rows_of(sheet, cells, characters))}
    except CalamineError as cause:
        return {"refused": f"not a readable workbook ({type(cause).__name__})"}
    except ValueError as cause:
        return {"refused": str(cause)}


def _number(value: float) -> str:
    """Return the fifteen digits that a spreadsheet keeps, never with an exponent for a telephone number."""
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _moment(value: dt.date | dt.time) -> str:
    """Return ISO 8601; an instant at midnight is a date, and zero seconds are left out."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return value.isoformat()


def _length(value: dt.timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"


def main(arguments: Sequence[str]) -> None:
    """Parse stdin: arguments are memory, seconds, cells, characters and the worksheet's name."""
    memory, seconds, cells, characters = map(int, arguments[:4])
    confine(memory, seconds)
    answer = parse(sys.stdin.buffer.read(), arguments[4], cells, characters)
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
