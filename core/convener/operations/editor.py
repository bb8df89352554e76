"""Files in a workspace by which editors of TOML find the schemas; what a person has written there is never lost."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from convener.documents.schemas import Schema
from convener.durable import write_whole
from convener.operations.schema import Written

FOLDER = "schemas"
"""Where the schemas go, inside the workspace."""
MARK = "Written by `convener schema --editor`; written anew each time."
"""What tells a schema of ours from a file that somebody else has put there."""
FILES: Mapping[Written, str] = {
    Written.TESTS: "rulesets/*.test.toml",
    Written.RULES: "rulesets/*.toml",
    Written.CONFIG: "config.toml",
}
"""Which files each schema is for; a test file is met before the rule files it would also be among."""
SETTINGS: Mapping[str, bool] = {
    "evenBetterToml.schema.enabled": True,
    "evenBetterToml.taplo.configFile.enabled": True,
}
"""What lets VS Code look into `.taplo.toml`; its own list of schemas takes addresses of one machine only."""


class State(StrEnum):
    """What becomes of one file."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    YOURS = "yours"
    """Somebody has written it in a way that cannot be added to safely; it stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorFile:
    """One file that an editor reads."""

    path: str
    """Inside the workspace."""
    state: State
    content: str
    """All of it as it should be; of a file that is somebody's, what to add by hand."""


def editor_files(folder: Path, schemas: Mapping[Written, Schema]) -> tuple[EditorFile, ...]:
    """Return what each file of the workspace *folder* should be, without writing anything."""
    made = [_schema(folder, f"{FOLDER}/{kind}.json", schema) for kind, schema in schemas.items()]
    made.append(_toml(folder, "tombi.toml", {kind: _tombi(kind) for kind in FILES}, "schemas"))
    made.append(_toml(folder, ".taplo.toml", {kind: _taplo(kind) for kind in FILES}, "rule"))
    made.append(_settings(folder, ".vscode/settings.json"))
    return tuple(made)


def write_editor_files(folder: Path, files: tuple[EditorFile, ...]) -> None:
    """Write those of *files* that are new or changed; raises OSError."""
    for file in files:
        if file.state in {State.NEW, State.CHANGED}:
            write_whole(folder / file.path, file.content.encode())


def _schema(folder: Path, path: str, schema: Schema) -> EditorFile:
    content = json.dumps({"$comment": MARK, **schema}, ensure_ascii=False, indent=2) + "\n"
    before = _read(folder / path)
    if before is None:
        return EditorFile(path=path, state=State.NEW, content=content)
    if before == content:
        return EditorFile(path=path, state=State.SAME, content=content)
    state = State.CHANGED if MARK in before else State.YOURS
    return EditorFile(path=path, state=state, content=content)


def _tombi(kind: Written) -> str:
    return f'[[schemas]]\npath = "{FOLDER}/{kind}.json"\ninclude = ["{FILES[kind]}"]\n'


def _taplo(kind: Written) -> str:
    others = f'exclude = ["**/{FILES[Written.TESTS]}"]\n' if kind is Written.RULES else ""
    return f'[[rule]]\ninclude = ["**/{FILES[kind]}"]\n{others}\n[rule.schema]\npath = "{FOLDER}/{kind}.json"\n'


def _toml(folder: Path, path: str, entries: Mapping[Written, str], table: str) -> EditorFile:
    """Add to a file, at its end, the *entries* of its list *table* that it lacks."""
    before = _read(folder / path)
    if before is None:
        return EditorFile(path=path, state=State.NEW, content="\n".join(entries.values()))
    named = set(_schemas_in(before, table))
    lacking = [entry for kind, entry in entries.items() if f"{FOLDER}/{kind}.json" not in named]
    if not lacking:
        return EditorFile(path=path, state=State.SAME, content=before)
    after = "\n".join([before.rstrip("\n") + "\n", *lacking]) if before.strip() else "\n".join(lacking)
    if _is_toml(after):
        return EditorFile(path=path, state=State.CHANGED, content=after)
    return EditorFile(path=path, state=State.YOURS, content="\n".join(lacking))


def _schemas_in(text: str, table: str) -> Iterator[str]:
    """Yield the paths of the schemas that a file names already."""
    try:
        entries: Any = tomllib.loads(text).get(table, [])
    except (ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else []:
        inner = entry.get("schema", entry) if isinstance(entry, dict) else {}
        path = inner.get("path") if isinstance(inner, dict) else None
        yield str(path).removeprefix("./")


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _settings(folder: Path, path: str) -> EditorFile:
    """Add the settings that are not there before everything else in the file, whose shape stays as it is."""
    before = _read(folder / path)
    whole = json.dumps(SETTINGS, indent=2)
    if before is None or not before.strip():
        state = State.NEW if before is None else State.CHANGED
        return EditorFile(path=path, state=state, content=whole + "\n")
    known = _json(before)
    lacking = {key: value for key, value in SETTINGS.items() if known is None or known.get(key) != value}
    if known is not None and not lacking:
        return EditorFile(path=path, state=State.SAME, content=before)
    if known is None or lacking.keys() & known.keys():
        return EditorFile(path=path, state=State.YOURS, content=json.dumps(lacking, indent=2) + "\n")
    added = ",".join(f"\n  {json.dumps(key)}: {json.dumps(value)}" for key, value in lacking.items())
    start, rest = before.split("{", 1)
    return EditorFile(path=path, state=State.CHANGED, content=f"{start}{{{added}{',' if known else ''}{rest}")


def _json(text: str) -> dict[str, Any] | None:
    """Return the object that *text* is, None when it is none, or has comments that JSON does not know."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read(path: Path) -> str | None:
    """Return what *path* holds, None when it is not there; what cannot be read is somebody's."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return "\x00"
