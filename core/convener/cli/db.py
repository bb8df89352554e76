"""`convener db`."""

import typer

from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.errors import Exit

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
def verify(face: Face) -> None:
    """Walk the chain of all events and tell whether anything was altered; exit 1 then."""
    with opened(face) as workspace, workspace.store.begin() as tx:
        broken, (count, link) = tx.verify_events(), tx.events_head()
    if face.json:
        face.data(
            {
                "events": count,
                "head": link,
                "broken": {"event": broken.seq, "reason": broken.reason} if broken else None,
            }
        )
    if broken:
        face.say(f"error: event {broken.seq} does not hold: {broken.reason}")
        raise typer.Exit(Exit.ERROR)
    face.say(f"{count} events, whole; head {link[:16]}")
