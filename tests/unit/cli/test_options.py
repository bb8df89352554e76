"""A function that takes a face becomes a command that knows the shared options."""

import pytest
import typer

from convener.cli.face import Face
from convener.cli.options import command_app, speaking


def told(*words: str) -> tuple[Face, str]:
    """Return the face and the argument that a command got for *words*."""
    heard: list[tuple[Face, str]] = []
    app = command_app()

    @app.command()
    @speaking("dry_run", "on")
    def command(face: Face, name: str) -> None:
        """Do nothing."""
        heard.append((face, name))

    typer.main.get_command(app).main(list(words), standalone_mode=False)
    return heard[0]


def test_shared_options_are_kept_in_the_face() -> None:
    """The command itself declares only what is its own."""
    face, name = told("ana", "--json", "--dry-run", "--at", "2027-01-01", "--on", "2027-02-02")

    assert ("ana", True, True, "2027-01-01", "2027-02-02") == (name, face.json, face.dry_run, face.at, face.on)


def test_left_out_they_keep_their_defaults() -> None:
    """Nothing said, nothing changed."""
    face, _ = told("ana")

    assert Face() == face


def test_a_group_of_one_stays_a_group() -> None:
    """`plugins list` is not shortened to `plugins`."""
    app = command_app("Some commands.")

    @app.command("list")
    @speaking()
    def only(face: Face) -> None:
        """List."""

    with pytest.raises(SystemExit) as end:
        typer.main.get_command(app).main(["list"])

    assert 0 == end.value.code
