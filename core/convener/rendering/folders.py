"""Where templates are looked for: the workspace's own first, then the shipped ones."""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError

Folder = Path | Traversable
"""A folder shaped like `templates/`: `messages`, `reports`, `toolkits` inside."""

SUBJECT, BODY = "#subject", "#body"
"""Endings that ask the loader for one half of a message: its first line, or everything below."""

_MARK = "Subject:"


class TemplateFolders:
    """Folders in the order in which they are searched; the first that has a file wins."""

    def __init__(self, folders: Sequence[Folder]) -> None:
        self._folders = tuple(folders)

    def find(self, name: str) -> Traversable | None:
        """Return the file called *name*, a path with slashes below `templates/`, or None."""
        parts = name.split("/")
        if any(part in {"", ".", ".."} or "\\" in part for part in parts):
            return None
        for folder in self._folders:
            found: Traversable = folder
            for part in parts:
                found = found / part
            if found.is_file():
                return found
        return None

    def names(self, under: str, ending: str) -> frozenset[str]:
        """Return names of the files below folder *under* with that *ending*, without it; parts (`_x`) left out."""
        return frozenset(
            name.removesuffix(ending) for name in self._listing(under) if name.endswith(ending) and name[0] != "_"
        )

    def _listing(self, under: str) -> Iterator[str]:
        for folder in self._folders:
            inside = folder / under
            if inside.is_dir():
                yield from (entry.name for entry in inside.iterdir() if entry.is_file())


class FolderLoader(BaseLoader):
    """Gives Jinja2 the templates of `TemplateFolders`, a message as two halves with its line numbers kept."""

    def __init__(self, folders: TemplateFolders) -> None:
        self._folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Return source and file name; the file name is the path below `templates/`, as errors show it."""
        name, half = template, ""
        for ending in (SUBJECT, BODY):
            if template.endswith(ending):
                name, half = template.removesuffix(ending), ending
        found = self._folders.find(name)
        if found is None:
            raise TemplateNotFound(name)
        source = _decoded(found.read_bytes(), name).lstrip("\ufeff")
        return (_half(source, half) if half else source), name, None


def _decoded(content: bytes, name: str) -> str:
    """Return *content* as text with line ends of one kind; raise TemplateSyntaxError for bytes that are none."""
    try:
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise TemplateSyntaxError(reason, line, name, name) from None


def _half(source: str, half: str) -> str:
    first, _, rest = source.partition("\n")
    has_subject = first.startswith(_MARK)
    if half == SUBJECT:
        return first.removeprefix(_MARK).strip() if has_subject else ""
    return "\n" + rest if has_subject else source
