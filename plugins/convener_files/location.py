"""Which file a name means; names from rule files never lead out of the workspace."""

from pathlib import Path

from convener import DataError


def locate(name: str, folder: str, workspace: Path) -> Path:
    """Return the file *name*: absolute as an operator types it, else in *folder* or, failing that, the workspace.

    Raises DataError when a relative name leaves the workspace, by `..` or through a link. The file need not exist.
    """
    if "\0" in name or not name.strip():
        raise DataError("a file needs a name")
    asked = Path(name)
    if asked.is_absolute():
        return asked
    home = workspace.resolve()
    places = (home / folder / asked, home / asked)
    found = next((place for place in places if place.exists()), places[0])
    if not found.resolve().is_relative_to(home):
        raise DataError(
            f"{name}: leads out of the workspace", hint="put the file into the workspace or give its full path"
        )
    return found


def shown(path: Path, workspace: Path) -> str:
    """Return what a person calls *path*: relative to the workspace where it is inside."""
    home = workspace.resolve()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)
