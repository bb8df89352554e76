"""One TOML file, read once: its values from tomllib, its places from the syntax tree."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from convener.documents.guard import MAX_BYTES, MAX_DEPTH, find_bomb, place_at, too_deep
from convener.documents.positions import Path as KeyPath
from convener.documents.positions import Point, Positions, find_positions
from convener.errors import InvalidError, Place, Problem

_BOM = "\ufeff"
_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TABLE = re.compile(r"\(('.*',?)\)")
_QUOTED = re.compile(r"'([^']*)'")
_KEPT = 512
"""Documents kept; the packs of a workspace are read by every client."""
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


@dataclass(frozen=True, eq=False)
class Document:
    """A TOML file and where everything in it stands; nobody changes what it holds.

    A file that is read again while its bytes stand is the same document, so that what was made of it can be kept.
    """

    file: str
    """The path as a person would type it."""
    text: str
    data: dict[str, Any]

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path* stands, or of its nearest parent that exists; the top is line 1."""
        return self._nearest(self._positions.keys, path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path* begins, or of its nearest parent that exists."""
        return self._nearest(self._positions.values, path)

    @cached_property
    def _positions(self) -> Positions:
        return find_positions(self.text)

    def _nearest(self, points: Mapping[KeyPath, Point], path: KeyPath) -> Place:
        for length in range(len(path), 0, -1):
            if path[:length] in points:
                return Place(self.file, *points[path[:length]])
        return Place(self.file)


def read_document(path: Path | Traversable, *, name: str | None = None) -> Document:
    """Read the TOML file at *path*, called *name* in messages.

    Raises InvalidError with one problem: `missing-file`, `unreadable-file`, `too-large`, `not-utf8`, `too-deep` or
    `toml-syntax`. A byte order mark is accepted. Takes well under a second whatever the file holds.
    """
    file = name or str(path)
    return _document(file, _read(path, file))


@lru_cache(maxsize=_KEPT)
def _document(file: str, content: bytes) -> Document:
    text = _decode(content, file)
    bomb = find_bomb(text, file)
    if bomb:
        raise InvalidError((bomb,))
    document = Document(file, text, _parse(text, file))
    extreme = _find_extreme(document)
    if extreme:
        raise InvalidError((extreme,))
    return document


def _read(path: Path | Traversable, file: str) -> bytes:
    try:
        if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
            raise _refusal("unreadable-file", "is a pipe or a device, not a file", Place(file))
        with path.open("rb") as stream:
            content: bytes = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refusal("missing-file", "there is no such file", Place(file)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a readable file"
        raise _refusal("unreadable-file", f"cannot be read: {reason.lower()}", Place(file)) from None
    if len(content) > MAX_BYTES:
        hint = "split it into a pack and a client"
        raise _refusal("too-large", f"larger than {MAX_BYTES // 1024} KB", Place(file), hint)
    return content


def _decode(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix(_BOM)
        place = place_at(before, len(before), file)
        hint = "save the file as UTF-8"
        raise _refusal("not-utf8", f"byte 0x{content[error.start]:02x} is not UTF-8", place, hint) from None
    return text.replace("\r\n", "\n")


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        message = str(error)
    found = _WHERE.search(message)
    place, cut = place_at(text, len(text.rstrip()), file), True
    if found and found["line"]:
        place, cut = Place(file, int(found["line"]), int(found["column"])), False
    said = _TABLE.sub(_as_table, _WHERE.sub("", message))
    raise _refusal("toml-syntax", f"not valid TOML: {said[:1].lower()}{said[1:200]}", place, _cure(said, cut))


def _as_table(found: re.Match[str]) -> str:
    """Return a key that tomllib shows as a tuple as it is written: `[client.wording]`."""
    return f"[{'.'.join(_QUOTED.findall(found[1]))}]"


def _cure(said: str, cut: bool) -> str:
    """Return a hint for what tomllib *said*, at the end of the text when that was *cut* short."""
    if cut and said.startswith(("Invalid value", "Unterminated", "Unclosed")):
        return "the file ends here; close what was opened"
    cures = {
        "Invalid value": 'text stands in quotes, for example name = "Northern Health"',
        "Invalid statement": "a line is `key = value`, `[table]` or `# comment`",
        "Expected '='": 'a line is `key = value`; a key with a space or "@" stands in quotes',
        "Illegal character": "close the quotes on the line they were opened",
        "Unclosed array": "items of a list stand between commas, and ] closes it",
        "Cannot overwrite": "a key is written once in a table",
        "Cannot declare": "a table is written once; merge the two",
        "Cannot mutate": "an inline table { … } is complete as written; put the key inside it",
        "Duplicate inline": "a key is written once in a table",
        "Invalid initial": "a key is letters, digits, - and _; an inline table { … } stays on one line",
        "Expected ']'": "a table is [name], and [[name]] one of a list of tables",
        "Escaped character": "write the character itself",
        "Expected newline": "one `key = value` on a line",
    }
    return next((cure for start, cure in cures.items() if said.startswith(start)), "")


def _find_extreme(document: Document) -> Problem | None:
    """Return the first value nested too deep, or a whole number beyond 64 bits."""
    waiting: list[tuple[KeyPath, object]] = [((), document.data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            return too_deep(document.place(*path))
        if isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
            place = document.value_place(*path)
            return Problem(code="too-large", message="a whole number beyond 64 bits", place=place)
        waiting.extend((((*path, key), item)) for key, item in _items(value))
    return None


def _items(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _refusal(code: str, message: str, place: Place, hint: str = "") -> InvalidError:
    return InvalidError((Problem(code=code, message=message, place=place, hint=hint),))
