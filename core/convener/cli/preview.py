"""`convener preview`."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from convener.cli.face import Face, printable
from convener.cli.moments import shown
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.cli.shapes import instant_shape
from convener.cli.tables import show_table
from convener.durable import write_whole
from convener.errors import UsageError
from convener.operations.preview import Preview, preview

app = command_app()
Message = Annotated[str, typer.Argument(metavar="MESSAGE", help="Name of a message or poll that automations send.")]
As = Annotated[str, typer.Option("--as", metavar="ADDRESS", help="Who would get it, by address or id.")]
Where = Annotated[
    str, typer.Option("--scope", metavar="SCOPE", help="CLIENT/PROGRAMME, where one person is in several.")
]
Channel = Annotated[Literal["", "email", "text", "calendar"], typer.Option(help="email, text or calendar.")]
Page = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the mail as a page here.")]


@app.command("preview")
@speaking()
def look(face: Face, message: Message, *, who: As, scope: Where = "", channel: Channel = "", html: Page = None) -> None:
    """Show a message as one person would get it; sends nothing.

    The next one that is planned; without one, as if it were due now.
    """
    with opened(face, scope) as workspace:
        found = preview(workspace, message, who, scope=scope, channel=channel)
    if html is not None:
        if not found.parcel.html:
            raise UsageError(f"a {found.dispatch.channel} message has no page", hint="choose --channel email")
        write_whole(html, found.parcel.html.encode())
    if face.json:
        face.data(shape(found))
    else:
        tell(face, found)
    if html is not None:
        face.say(f"written: {html}")


def tell(face: Face, found: Preview) -> None:
    """Print what goes to whom and when, and the words."""
    dispatch, parcel = found.dispatch, found.parcel
    facts = {
        "to": f"{parcel.to_name} <{parcel.to_mobile if dispatch.channel == 'text' else parcel.to_email}>",
        "by": f"{dispatch.channel}, through {dispatch.connector or 'nothing: no connector in [stack]'}",
        "due": shown(dispatch.due, found.zone),
        "automation": f"{dispatch.automation} of {found.scope}: {dispatch.reason}",
        "subject": parcel.subject,
        "attached": ", ".join(attachment.name for attachment in parcel.attachments),
        "entry": "a calendar entry" if parcel.calendar else "",
    }
    show_table(face, "", ("", ""), ((name, value) for name, value in facts.items() if value))
    sys.stdout.write(printable(parcel.text))
    if found.note:
        face.say(f"note: {found.note}")


def shape(found: Preview) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    dispatch, parcel = found.dispatch, found.parcel
    return {
        "scope": found.scope,
        "message": found.message,
        "to": found.person.email,
        "automation": dispatch.automation,
        "channel": dispatch.channel,
        "connector": dispatch.connector,
        "due": instant_shape(dispatch.due, found.zone),
        "reason": dispatch.reason,
        "planned": not found.note,
        "note": found.note,
        "title": parcel.subject,
        "text": parcel.text,
        "html": parcel.html,
        "calendar": parcel.calendar,
        "attachments": [attachment.name for attachment in parcel.attachments],
    }
