"""Tell whether rule files have changed: quickly by looking at them, and surely by their bytes."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from convener.bundled import bundled
from convener.documents.guard import MAX_BYTES

RULES, TEMPLATES = "rulesets", "templates"
_OWN, _SHIPPED = "own/", "shipped/"
Looks = tuple[tuple[str, int, int, int, int], ...]
"""Path, times of change, size and inode of each file: a rename over it gives it another inode, and the second time is
the system's own, which nobody can set back."""

_NAMED = re.compile(rb"(?<![A-Za-z0-9._-])([A-Za-z0-9][A-Za-z0-9._-]{0,63})@[0-9]")
"""A pack as `extends` names it; whatever else looks like one does no harm. Each byte begins at most one try."""


def looks_of(folder: Path, kind: str) -> Looks:
    """Return how the files below *kind* of the workspace *folder* look; reads none of them."""
    found: list[tuple[str, int, int, int, int]] = []
    for path in (folder / kind).rglob("*"):
        try:
            seen = path.stat()
        except OSError:  # gone since it was listed
            continue
        found.append((str(path), seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino))
    return tuple(sorted(found))


def stamp_of(folder: Path, client: str, around: str = "") -> str:
    """Return a digest of every file that the rules of *client* come from, and of *around*; parses nothing.

    Equal digests mean equal rules. A client without a file has one too.
    """
    return digest_of(sources(folder, client), around)


def digest_of(files: Iterable[tuple[str, bytes]], around: str = "") -> str:
    """Return the digest of *files*, as `sources` yields them, and of *around*."""
    digest = hashlib.sha256(around.encode())
    for name, content in files:
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def own_files(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield those of *files* that stand in the workspace, by the name of the client or pack."""
    return ((name.removeprefix(_OWN), content) for name, content in files if name.startswith(_OWN))


def sources(folder: Path, client: str) -> Iterator[tuple[str, bytes]]:
    """Yield the client's file and the packs below it, each once, by where it stands (`own/acme`) and its bytes."""
    waiting, done = [client], {client}
    while waiting:
        name = waiting.pop()
        for place, root in ((_OWN, folder / RULES), (_SHIPPED, bundled("rulesets"))):
            content = _bytes(root / f"{name}.toml")
            if content is None:
                continue
            yield f"{place}{name}", content
            packs = sorted({found.decode() for found in _NAMED.findall(content)} - done)
            waiting += packs
            done |= {*packs}


def _bytes(path: Path | Traversable) -> bytes | None:
    """Return as much of *path* as is ever read of a rule file; None when it cannot be, or is no file."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            content: bytes = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    return content
