"""Finds the packs a file extends, lowest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from convener.documents import Document, Spot, nearest, quoted, read_document, validate
from convener.errors import InvalidError, Problem
from convener.rulesets.tables import PackFile, PackTable

_REFERENCE = re.compile(r"(?P<id>[A-Za-z0-9][A-Za-z0-9._-]{0,63})@(?P<major>\d{1,6})")


@dataclass
class Packs:
    """The packs of a workspace over those that ship.

    A workspace's pack stands in for the shipped one of the same id, and may itself extend that shipped one.
    """

    folder: Path
    shipped: Traversable
    layers: list[Document] = field(default_factory=list)
    """Every pack extended so far, lowest first, each once."""
    problems: list[Problem] = field(default_factory=list)

    def extend(self, document: Document, chain: tuple[str, ...] = ()) -> None:
        """Add the packs that *document* extends; *chain* are the files on the way to it, itself the last."""
        chain = (*chain, document.file)
        for spot in _references(document):
            found = self._find(spot, document)
            if found and found.file in chain:
                self._refuse("cycle", f"extends itself: {' → '.join((*chain, found.file))}", spot, "remove one of them")
            elif found and found.file not in {layer.file for layer in self.layers}:
                self.extend(found, chain)
                self.layers.append(found)

    def names(self) -> list[str]:
        """Return the ids of every pack that could be extended."""
        files = {*_toml_files(self.folder), *_toml_files(self.shipped)}
        return sorted(name.removesuffix(".toml") for name in files if self._is_pack(name))

    def _is_pack(self, name: str) -> bool:
        folder: Path | Traversable = self.folder if (self.folder / name).is_file() else self.shipped
        try:
            return "pack" in read_document(folder / name).data
        except InvalidError:
            return False

    def _find(self, spot: Spot, document: Document) -> Document | None:
        found = _REFERENCE.fullmatch(spot.value)
        if not found:
            message, hint = f"{quoted(spot.value)} names no pack and version", 'for example "small-group-coaching@1"'
            self._refuse("bad-pack", message, spot, hint)
            return None
        pack = self._read(found["id"], spot, document)
        if pack is None:
            return None
        table, problems = _read_pack(pack)
        self.problems += problems
        return pack if table is None or self._fits(table.pack, found["id"], int(found["major"]), spot, pack) else None

    def _fits(self, table: PackTable, name: str, major: int, spot: Spot, pack: Document) -> bool:
        version = int(table.version.split(".")[0])
        if table.id != name:
            hint = f"write id = {name!r}, or rename the file"
            self._refuse("pack-id", f"the pack in this file is {quoted(table.id)}", Spot(pack, ("pack", "id")), hint)
        elif version != major:
            message = f"pack {name!r} is version {table.version} ({pack.place('pack', 'version')})"
            self._refuse("pack-version", message, spot, f"write {name}@{version} after reading what changed")
        return table.id == name and version == major

    def _read(self, name: str, spot: Spot, document: Document) -> Document | None:
        own, shipped = self.folder / f"{name}.toml", self.shipped / f"{name}.toml"
        file = f"{self.folder.name}/{name}.toml"
        try:
            if own.is_file() and document.file != file:
                return read_document(own, name=file)
            if shipped.is_file() and shipped != own:
                return read_document(shipped, name=f"shipped/{name}.toml")
        except InvalidError as error:
            self.problems += error.problems
            return None
        if own.is_file():
            return document
        message, hint = f"there is no pack {quoted(name)}", nearest(name, self.names())
        self._refuse("unknown-pack", message, spot, hint)
        return None

    def _refuse(self, code: str, message: str, spot: Spot, hint: str) -> None:
        self.problems.append(Problem(code=code, message=message, place=spot.value_place(), hint=hint))


@lru_cache(maxsize=64)
def _read_pack(pack: Document) -> tuple[PackFile | None, tuple[Problem, ...]]:
    return validate(PackFile, pack.data, Spot(pack))


def _references(document: Document) -> Iterator[Spot]:
    written = document.data.get("extends")
    for index, reference in enumerate(written if isinstance(written, list) else []):
        if isinstance(reference, str):
            yield Spot(document, ("extends", index))


def _toml_files(folder: Path | Traversable) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")] if folder.is_dir() else []
