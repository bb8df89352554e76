"""`convener db`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face, counted
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.errors import Exit
from convener.operations.standing import adopt as adopt_database

app = command_app("Look after the database.")


@app.command()
@speaking()
def upgrade(face: Face) -> None:
    """Make the database, or bring it up to this version of Convener."""
    with opened(face) as workspace:
        label, version = workspace.store.label, workspace.store.version()
    if face.json:
        face.data({"database": label, "version": version})
    face.say(f"{label} is up to date, on {version}")


@app.command()
@speaking()
def backup(face: Face, file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Write the whole database, as it is at this moment, to a new file, while the daemon goes on working.

    From SQLite it is a database file, from PostgreSQL an archive for pg_restore.
    """
    with opened(face) as workspace:
        label = workspace.store.label
        workspace.store.back_up(file)
    size = file.stat().st_size
    if face.json:
        face.data({"database": label, "file": str(file), "bytes": size})
    face.say(f"{label} is copied to {file}, {size} bytes; it names people, keep it as safe as the original")


@app.command()
@speaking()
def verify(face: Face) -> None:
    """Look at every event, message and row of a register, and name what cannot be right; exit 1 then."""
    with opened(face) as workspace:
        verdict = workspace.store.verify()
    if face.json:
        faults = [{"table": fault.table, "row": fault.row, "reason": fault.reason} for fault in verdict.faults]
        face.data({"events": verdict.events, "head": verdict.head, "faults": faults})
    for fault in verdict.faults:
        face.say(f"error: {' '.join(part for part in (fault.table, fault.row) if part) or 'the file'}: {fault.reason}")
    if verdict.faults:
        face.say("hint: restore a backup, or correct what was altered")
        raise typer.Exit(Exit.ERROR)
    face.say(f"{counted(verdict.events, 'event')}, whole, and every row as it must be; head {verdict.head[:16]}")


@app.command()
@speaking("dry_run")
def adopt(face: Face) -> None:
    """Let messages go out of a database that is held because it was copied, moved or put back.

    Look first: with --dry-run it says what would go out.
    """
    with opened(face) as workspace:
        label = workspace.store.label
        found = adopt_database(workspace, dry_run=face.dry_run)
    if face.json:
        oldest = found.oldest.isoformat() if found.oldest else None
        told = {"hold": found.hold, "overdue": found.overdue, "oldest": oldest, "interrupted": found.interrupted}
        face.data({"database": label, **told})
    face.say(f"{label} {'is held' if found.hold else 'is not held'}{': ' if found.hold else ''}{found.hold}")
    if found.overdue and found.oldest:
        face.say(f"{counted(found.overdue, 'message')} due, the first since {found.oldest:%Y-%m-%d %H:%M} UTC")
    if found.interrupted:
        face.say(f"{counted(found.interrupted, 'message')} on the wire when the copy was made")
    if not face.dry_run:
        face.say("adopted: from now on this is the database that counts")
