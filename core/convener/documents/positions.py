"""Where each key and value of a TOML document stands; tomllib tells only the values."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a document to a value."""
Point = tuple[int, int]
"""Line and column, both from 1, the column in characters."""

_LANGUAGE = Language(tree_sitter_toml.language())
_KEYS = {"bare_key", "quoted_key", "dotted_key"}
_LISTS = {"array"}


@dataclass(slots=True)
class Positions:
    """Points of the keys and values of one document by path."""

    keys: Mapping[Path, Point]
    """Where the key, or the item of a list, begins."""
    values: Mapping[Path, Point]
    """Where the value begins: for text, its opening quote."""


def find_positions(text: str) -> Positions:
    """Return where everything in *text* stands; *text* is valid TOML."""
    walk = _Walk(text.encode())
    walk.document(Parser(_LANGUAGE).parse(walk.source).root_node)
    return Positions(walk.keys, walk.values)


@dataclass
class _Walk:
    source: bytes
    keys: dict[Path, Point] = field(default_factory=dict)
    values: dict[Path, Point] = field(default_factory=dict)
    tables: dict[Path, int] = field(default_factory=dict)
    """How many tables of each array of tables have begun."""
    lines: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.source.split(b"\n")

    def document(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in {"table", "table_array_element"}:
                self.table(node)

    def table(self, node: Node) -> None:
        key, *pairs = [child for child in node.named_children if child.type in _KEYS or child.type == "pair"]
        prefix: Path = ()
        parts = list(_parts(key))
        for name, part in parts[:-1]:
            prefix = (*prefix, name)
            self.mark(self.keys, prefix, part)
            self.mark(self.values, prefix, part)
            prefix = self.current(prefix)
        name, part = parts[-1]
        prefix = (*prefix, name)
        self.mark(self.keys, prefix, part)
        self.mark(self.values, prefix, node)
        if node.type == "table_array_element":
            self.tables[prefix] = self.tables.get(prefix, -1) + 1
            prefix = self.current(prefix)
            self.mark(self.keys, prefix, part)
            self.mark(self.values, prefix, node)
        for pair in pairs:
            self.pair(pair, prefix)

    def current(self, path: Path) -> Path:
        """Go into the last table of an array of tables."""
        return (*path, self.tables[path]) if path in self.tables else path

    def pair(self, node: Node, prefix: Path) -> None:
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        path = prefix
        for name, part in _parts(key):
            path = (*path, name)
            self.mark(self.keys, path, part)
            self.mark(self.values, path, value)
        self.value(value, path)

    def value(self, node: Node, path: Path) -> None:
        self.mark(self.values, path, node)
        inner = [child for child in node.named_children if child.type != "comment"]
        if node.type == "inline_table":
            for pair in inner:
                self.pair(pair, path)
        elif node.type in _LISTS:
            for index, item in enumerate(inner):
                self.mark(self.keys, (*path, index), item)
                self.value(item, (*path, index))

    def mark(self, points: dict[Path, Point], path: Path, node: Node) -> None:
        row, column = node.start_point
        before = self.lines[row][:column]
        points.setdefault(path, (row + 1, (column if before.isascii() else len(before.decode())) + 1))


def _parts(key: Node) -> Iterator[tuple[str, Node]]:
    """Yield the names of a key and their nodes, in reading order."""
    if key.type == "dotted_key":
        for child in key.named_children:
            yield from _parts(child)
    else:
        text = (key.text or b"").decode()
        yield (tomllib.loads(f"key = {text}")["key"] if key.type == "quoted_key" else text), key
