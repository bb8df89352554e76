"""`convener ledger`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import parse_instant, shown
from convener.cli.opening import opened, people_of, zone_of
from convener.cli.options import AnyScope, command_app, speaking
from convener.cli.shapes import People, address, ledger_shape
from convener.cli.tables import show_table
from convener.errors import UsageError
from convener.model import DispatchState, LedgerRow, Parcel
from convener.operations import ledger
from convener.operations.workspace import Workspace
from convener.store import Asked

app = command_app("Look at what went out, and settle what is open.")
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the dispatch, as `ledger list` shows it.")]
Keys = Annotated[
    list[str] | None,
    typer.Argument(metavar="KEY", help="Keys of dispatches; with --state CLIENT or CLIENT/PROGRAMME instead."),
]
Held = Annotated[str, typer.Option("--held", metavar="SCOPE", help="Everything held: CLIENT or CLIENT/PROGRAMME.")]
States = Annotated[list[DispatchState] | None, typer.Option("--state", help="Only this state; may be repeated.")]
AllOf = Annotated[
    list[DispatchState] | None, typer.Option("--state", help="Everything of a scope in this state; may be repeated.")
]
Person = Annotated[str, typer.Option(metavar="ADDRESS", help="Only to this person, by address or id.")]
Connector = Annotated[str, typer.Option(metavar="NAME", help="Only through this connector.")]
Automation = Annotated[str, typer.Option(metavar="NAME", help="Only of this automation.")]
Since = Annotated[str, typer.Option(metavar="ISO", help="Only what is due from this instant on.")]
Until = Annotated[str, typer.Option(metavar="ISO", help="Only what is due before this instant.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many: those due last.")]
COLUMNS = ("due", "state", "what", "about", "to", "tries", "key")


@app.command("list")
@speaking()
def list_rows(  # noqa: PLR0913 - an argument for each option
    face: Face,
    scope: AnyScope = "",
    *,
    states: States = None,
    connector: Connector = "",
    automation: Automation = "",
    person: Person = "",
    since: Since = "",
    until: Until = "",
    limit: Limit = None,
) -> None:
    """List dispatches, oldest due first."""
    asked = Asked(states=states or (), connector=connector, automation=automation, person=person)
    with opened(face, scope) as workspace:
        zone = zone_of(workspace, scope)
        if since:
            asked["since"] = parse_instant(since, zone)
        if until:
            asked["until"] = parse_instant(until, zone)
        if limit:
            asked["limit"] = limit
        rows = ledger.rows(workspace, scope, **asked)
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
def retry(face: Face, keys: Keys = None, *, held: Held = "", state: AllOf = None) -> None:
    """Let failed, held or doubtful dispatches go out again.

    Their addresses are no longer suppressed, none stays in quarantine, and each has all its attempts before it. With
    --held everything of a client or programme that is held.
    """
    if bool(keys) == bool(held):
        raise UsageError("name dispatches, or with --held a client or programme", hint="see: convener ledger list")
    with opened(face) as workspace:
        done = ledger.release(workspace, held) if held else ledger.retry(workspace, *chosen(workspace, keys, state))
    tell(face, done, f"{len(done)}{f' of {held}' if held else ''} to go out with the next tick")


@app.command()
@speaking()
def settle(face: Face, keys: Keys = None, *, state: AllOf = None) -> None:
    """Mark doubtful dispatches as arrived; they are not sent again."""
    with opened(face) as workspace:
        done = ledger.settle(workspace, *chosen(workspace, keys, state))
    tell(face, done, f"{len(done)} marked as sent")


@app.command()
@speaking()
def cancel(face: Face, keys: Keys = None, *, state: AllOf = None) -> None:
    """Call off dispatches that have not gone out."""
    with opened(face) as workspace:
        done = ledger.cancel(workspace, *chosen(workspace, keys, state))
    tell(face, done, f"{len(done)} called off")


def chosen(workspace: Workspace, names: Sequence[str] | None, states: Sequence[DispatchState] | None) -> list[str]:
    """Return the keys *names*, or of everything in *states* of the scopes *names*; raise UsageError for neither."""
    if not names:
        raise UsageError("no dispatch is named", hint="see: convener ledger list")
    if not states:
        return list(names)
    return [row.dispatch.key for name in names for row in ledger.rows(workspace, name, states=states)]


def tell(face: Face, done: Sequence[LedgerRow], words: str) -> None:
    """Say what was decided of how many dispatches, or as data of which."""
    if face.json:
        face.data({"decided": [row.dispatch.key for row in done]})
    else:
        face.say(words)


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
