"""`convener plan`."""

from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import parse_instant, shown
from convener.cli.opening import opened, zone_of
from convener.cli.options import Scope, command_app, speaking
from convener.cli.shapes import address, dispatch_shape, flag_shape, instant_shape
from convener.cli.tables import show_table, working
from convener.model import Plan, Register
from convener.operations.plan import plan

app = command_app()
Until = Annotated[str, typer.Option(metavar="ISO", help="Last moment to look at.")]


@app.command("plan")
@speaking()
def foresee(face: Face, scope: Scope, *, until: Until) -> None:
    """Show what would go out until a day; sends nothing.

    A programme that is not live yet is shown as if it went live now.
    """
    with opened(face, scope) as workspace:
        zone = zone_of(workspace, scope)
        with working(face, f"looking ahead to {until}"):
            found, register = plan(workspace, scope, parse_instant(until, zone))
    if face.json:
        face.data(shape(found, register, zone))
        return
    rows = (
        (shown(d.due, zone), d.step, address(register.people, d.recipient), d.subject, d.reason)
        for d in found.dispatches
    )
    title = f"{scope} until {shown(found.until, zone)}"
    show_table(face, title, ("due", "what", "to", "about", "why"), rows)
    show_flags = ((flag.severity, flag.subject, flag.text, flag.settle) for flag in found.flags)
    if found.flags:
        show_table(face, "Needs a human", ("severity", "about", "what", "settle with"), show_flags)
    face.say(f"{len(found.dispatches)} messages, {len(found.flags)} flags; next: {shown(found.next_due, zone)}")


def shape(found: Plan, register: Register, zone: str) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    return {
        "from": instant_shape(found.since, zone),
        "until": instant_shape(found.until, zone),
        "next_due": instant_shape(found.next_due, zone),
        "dispatches": [dispatch_shape(dispatch, register.people, zone) for dispatch in found.dispatches],
        "flags": [flag_shape(flag, zone) for flag in found.flags],
    }
