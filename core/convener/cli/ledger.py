"""`convener ledger`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.opening import opened, people_of
from convener.cli.options import AnyScope, command_app, speaking
from convener.cli.shapes import People, address, ledger_shape
from convener.cli.tables import show_table
from convener.errors import UsageError
from convener.model import DispatchState, LedgerRow, Parcel
from convener.operations import ledger

app = command_app("Look at what went out, and settle what is open.")
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the dispatch, as `ledger list` shows it.")]
MaybeKey = Annotated[str, typer.Argument(metavar="[KEY]", help="Key of the dispatch, as `ledger list` shows it.")]
Held = Annotated[str, typer.Option("--held", metavar="SCOPE", help="Everything held: CLIENT or CLIENT/PROGRAMME.")]
States = Annotated[list[DispatchState] | None, typer.Option("--state", help="Only this state; may be repeated.")]
Person = Annotated[str, typer.Option(metavar="ADDRESS", help="Only to this person, by address or id.")]
COLUMNS = ("due", "state", "what", "about", "to", "tries", "key")


@app.command("list")
@speaking()
def list_rows(face: Face, scope: AnyScope = "", *, states: States = None, person: Person = "") -> None:
    """List dispatches, oldest due first."""
    with opened(face, scope) as workspace:
        rows = ledger.rows(workspace, scope, states=states or (), person=person)
        people = people_of(workspace, {(row.dispatch.client, row.dispatch.programme) for row in rows})
    if face.json:
        face.data({"dispatches": [ledger_shape(row, known(people, row)) for row in rows]})
        return
    show_table(face, "Ledger", COLUMNS, (cells(row, known(people, row)) for row in rows))
    face.say(f"{len(rows)} dispatches")


@app.command()
@speaking()
def show(face: Face, key: Key) -> None:
    """Show one dispatch with the content that was frozen for it."""
    with opened(face) as workspace:
        row, parcel = ledger.show(workspace, key)
        people = known(people_of(workspace, [(row.dispatch.client, row.dispatch.programme)]), row)
    if face.json:
        face.data(ledger_shape(row, people) | {"parcel": parcel and parcel_shape(parcel)})
        return
    facts = {**ledger_shape(row, people), **(parcel_shape(parcel) if parcel else {})}
    show_table(face, key, ("", ""), facts.items())


@app.command()
@speaking()
def retry(face: Face, key: MaybeKey = "", *, held: Held = "") -> None:
    """Let a failed, held or doubtful dispatch go out again.

    With --held everything of a client or programme that the volume guard holds.
    """
    if bool(key) == bool(held):
        raise UsageError("name one dispatch, or with --held a client or programme", hint="see: convener ledger list")
    with opened(face) as workspace:
        if key:
            ledger.retry(workspace, key)
        count = 1 if key else len(ledger.release(workspace, held))
    face.say("it goes out with the next tick" if key else f"{count} of {held} go out with the next tick")


@app.command()
@speaking()
def settle(face: Face, key: Key) -> None:
    """Mark a doubtful dispatch as arrived; it is not sent again."""
    with opened(face) as workspace:
        ledger.settle(workspace, key)
    face.say("marked as sent")


@app.command()
@speaking()
def cancel(face: Face, key: Key) -> None:
    """Call off a dispatch that has not gone out."""
    with opened(face) as workspace:
        ledger.cancel(workspace, key)
    face.say("called off")


def known(people: dict[tuple[str, str], People], row: LedgerRow) -> People:
    """Return the people of the programme of *row*."""
    return people[row.dispatch.client, row.dispatch.programme]


def cells(row: LedgerRow, people: People) -> Sequence[object]:
    """Return one line of the table."""
    d = row.dispatch
    return shown(d.due), row.state, d.step, d.subject, address(people, d.recipient), row.attempts, d.key


def parcel_shape(parcel: Parcel) -> dict[str, object]:
    """Return what was, or will be, handed to the connector, without the bytes of its attachments."""
    return {
        "to_name": parcel.to_name,
        "to_email": parcel.to_email,
        "title": parcel.subject,
        "text": parcel.text,
        "calendar": parcel.calendar,
        "attachments": [attachment.name for attachment in parcel.attachments],
    }
