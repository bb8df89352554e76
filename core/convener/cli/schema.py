"""`convener schema`."""

import os
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.options import command_app, speaking
from convener.errors import UsageError
from convener.operations.editor import EditorFile, State, editor_files, write_editor_files
from convener.operations.scenarios.tables import ScenarioFile
from convener.operations.schema import Written, schemas
from convener.settings import Settings, load_settings

app = command_app()
_TOLD = {
    State.NEW: ("written", "would be written"),
    State.CHANGED: ("brought up to date", "would be brought up to date"),
    State.SAME: ("as it should be", "as it should be"),
    State.YOURS: ("left as it is", "would be left as it is"),
}
"""What is said of a file, and in a rehearsal."""


@app.command("schema")
@speaking("dry_run")
def schema(
    face: Face,
    kind: Annotated[
        Written, typer.Argument(metavar="[KIND]", help="rules, config or tests; rules without.")
    ] = Written.RULES,
    *,
    editor: Annotated[bool, typer.Option("--editor", help="Write the schemas and what editors need to find them.")] = (
        False
    ),
) -> None:
    """Print the JSON Schema of rule files, or let editors know it.

    With --editor the schemas go to schemas/ in the workspace, and tombi.toml, .taplo.toml and .vscode/settings.json
    name them. A file of yours is added to, or left as it is and told.
    """
    made = schemas(_settings(face), ScenarioFile)
    if not editor:
        face.data(made[kind])
        return
    files = editor_files(face.folder, made)
    if not face.dry_run:
        write_editor_files(face.folder, files)
    if face.json:
        face.data({"files": [{"path": file.path, "state": str(file.state)} for file in files]})
        return
    for file in files:
        face.say(f"{file.path}: {_TOLD[file.state][face.dry_run]}{_by_hand(file)}")


def _by_hand(file: EditorFile) -> str:
    """Return what a person is to add to a file that is theirs; a whole schema is not shown."""
    if file.state is not State.YOURS:
        return ""
    if file.path.endswith(".json") and "settings" not in file.path:
        return "; it is not one of ours: move it away and run this again"
    return f"; add to it by hand:\n\n{file.content}"


def _settings(face: Face) -> Settings | None:
    """Return the settings of the workspace, which name plugins; None outside one."""
    try:
        return load_settings(face.folder, os.environ)
    except UsageError:
        return None
