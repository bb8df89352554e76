"""`convener init`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.options import command_app, speaking
from convener.operations.initialise import examples, initialise

app = command_app()


@app.command()
@speaking()
def init(
    face: Face,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
    *,
    example: Annotated[str, typer.Option(metavar="NAME", help="Example client to begin with.")] = "",
) -> None:
    """Make a new workspace, empty or from an example."""
    files = initialise(folder, example=example)
    if face.json:
        face.data({"workspace": str(folder), "files": list(files)})
        return
    client = example or "my-client"
    face.say(f"{folder} is a workspace now: {len(files)} files, settings in config.toml")
    face.say(f"next: cd {folder} && convener check && convener sync {client}")
    if not example:
        face.say(f"to look at a whole one: convener init DIR --example {examples()[0]}")
