"""CSV text: its encoding, its separator, its lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from convener import DataError
from convener_files.grid import Line

SEPARATORS = ",;\t"
"""In order of preference when the header holds none or equally many."""
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
AS_UTF8 = "save the file as 'CSV UTF-8'"


def decode(source: str, content: bytes) -> str:
    """Return the text of *content*: UTF-8, with or without a mark, or UTF-16 with one; else raise DataError."""
    if content.startswith(UTF16_MARKS):
        return _decode(source, content, "utf-16")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise DataError(f"{source}:{line}: NUL bytes, so this is no UTF-8 text", hint=AS_UTF8)
    return _decode(source, content, "utf-8-sig")


def separator(text: str) -> str:
    """Return the separator of *text*: the one that stands most often in its first line, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip(SEPARATORS + " \ufeff")), "")
    unquoted = "".join(first.split('"')[::2])
    counts = Counter(character for character in unquoted if character in SEPARATORS)
    return max(SEPARATORS, key=lambda character: counts[character])


def lines(source: str, text: str) -> Iterator[Line]:
    """Yield each record of *text* with the line it starts on; raise DataError for quotes that do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    started = 1
    try:
        for record in reader:
            yield started, record
            started = reader.line_num + 1
    except csv.Error as cause:
        raise DataError(
            f"{source}:{started}: a quotation mark is never closed, or text follows a closed one ({cause})",
            hint='write a quotation mark inside a value twice: ""',
        ) from None


def _decode(source: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as cause:
        line = content[: cause.start].count(b"\n") + 1
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise DataError(f"{source}:{line}: byte 0x{content[cause.start]:02x} is not {name}", hint=AS_UTF8) from None
