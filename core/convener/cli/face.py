"""What the options for every command say, and how this face speaks: data on stdout, words on stderr."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MARKS = ("config.toml", "config.example.toml")
"""A folder with one of these is a workspace."""


@dataclass(kw_only=True)
class Face:
    """The shared options of one invocation, filled as the command line is read."""

    workspace: Path | None = None
    """Folder named by `--workspace`; None means the nearest one above."""
    json: bool = False
    at: str = ""
    """Instant to pretend it is, as typed; empty for the present."""
    as_of: str = ""
    on: str = ""
    dry_run: bool = False
    color: bool = True
    debug: bool = False

    @property
    def folder(self) -> Path:
        """The workspace: as given, or the nearest folder upwards that is one, or the present folder."""
        here = Path.cwd()
        if self.workspace is not None:
            return self.workspace
        above = (folder for folder in (here, *here.parents) if any((folder / mark).is_file() for mark in MARKS))
        return next(above, here)

    def data(self, value: Mapping[str, object]) -> None:
        """Print *value* as JSON on stdout."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def say(self, words: str) -> None:
        """Print *words* for the person at the terminal on stderr."""
        sys.stderr.write(printable(words) + "\n")


def printable(text: str) -> str:
    """Return *text* with everything a terminal could obey replaced by a dot; line ends and tabs stay."""
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "·" for mark in text)


def counted(count: int, word: str) -> str:
    """Return *count* with *word*, in the plural unless there is just one."""
    return f"{count} {word}{'' if count == 1 else 's'}"
