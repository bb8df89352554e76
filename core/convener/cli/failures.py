"""The one place that tells a person what went wrong: one message, its cure, an exit code."""

import traceback
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from convener.bundled import bundled
from convener.cli.face import Face, printable
from convener.errors import ConvenerError, Exit, InvalidError, Place, Problem

MARGIN = "    "
WIDTH = 200
"""Most characters of a line that an excerpt shows."""
SHIPPED: tuple[Literal["rulesets"], Literal["templates"]] = ("rulesets", "templates")
"""Folders of a workspace whose files may also be ours."""


def explain_failure(failure: Exception, face: Face) -> int:
    """Print *failure* on stderr and return the exit code it calls for."""
    if face.debug:
        face.say("".join(traceback.format_exception(failure)).rstrip())
    if isinstance(failure, InvalidError):
        explain_problems(failure.problems, face, face.say)
        return failure.exit_code
    if isinstance(failure, ConvenerError):
        face.say(f"error: {failure}")
        if failure.hint:
            face.say(f"hint: {failure.hint}")
        return failure.exit_code
    if isinstance(failure, OSError) and failure.filename is not None:
        face.say(f"error: {failure.filename}: {(failure.strerror or 'cannot be used').lower()}")
        return Exit.ERROR
    cure = "" if face.debug else "; --debug shows the traceback"
    face.say(f"internal error {type(failure).__name__} at {origin(failure)}, please report{cure}")
    return Exit.ERROR


def origin(failure: Exception) -> str:
    """Return the module and line that *failure* was raised at, without a path of this machine."""
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in traceback.walk_tb(failure.__traceback__)
    ]
    return next((frame for frame in reversed(frames) if frame.startswith("convener")), "an unknown place")


def explain_problems(problems: tuple[Problem, ...], face: Face, write: Callable[[str], None]) -> None:
    """Hand every problem with its place, the line it stands on and its cure to *write*."""
    for problem in problems:
        lines = [f"{problem.place}: {problem.severity}[{problem.code}] {problem.message}"]
        lines += [MARGIN + line for line in excerpt(problem.place, face.folder)]
        lines += [f"{MARGIN}hint: {problem.hint}"] if problem.hint else []
        write(printable("\n".join(lines)))


def excerpt(place: Place, folder: Path) -> list[str]:
    """Return the line that *place* names and a caret below its column, or nothing when it cannot be read.

    A file named relatively is looked for in *folder*, then among those that ship. Tabs become single spaces, so that
    the caret fits. Of a very long line there is what surrounds the column.
    """
    lines = _lines(place.file, folder)
    if not 0 < place.line <= len(lines) or not lines[place.line - 1].strip():
        return []
    line = lines[place.line - 1].rstrip("\r").replace("\t", " ")
    column = min(place.column, len(line) + 1)
    first = max(0, min(column - WIDTH // 2, len(line) - WIDTH))
    shown = f"{'…' if first else ''}{line[first : first + WIDTH]}{'…' if first + WIDTH < len(line) else ''}"
    return [shown, " " * (column - first - (0 if first else 1)) + "^"]


def _lines(file: str, folder: Path) -> list[str]:
    """Return the lines of *file*, none when it cannot be read."""
    places: list[Path | Traversable] = [folder / file]
    places += [bundled(kind) / file.removeprefix(f"{kind}/") for kind in SHIPPED if file.startswith(f"{kind}/")]
    for place in places:
        if not place.is_file():  # a pipe or a device would never end
            continue
        try:
            return place.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, ValueError):
            continue
    return []
