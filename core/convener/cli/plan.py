"""`convener plan`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face, counted
from convener.cli.moments import parse_instant, shown
from convener.cli.opening import opened, zone_of
from convener.cli.options import Scope, command_app, speaking
from convener.cli.outlook import COLUMNS, lines, say_redirected
from convener.cli.shapes import dispatch_shape, flag_shape, instant_shape
from convener.cli.tables import show_table, working
from convener.model import Plan, Register
from convener.operations.apply import save
from convener.operations.plan import look

app = command_app()
Until = Annotated[str, typer.Option(metavar="ISO", help="Last moment to look at.")]
Everyone = Annotated[bool, typer.Option("--all", help="A line for each recipient.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Keep the plan here, for `convener apply`.")
]


@app.command("plan")
@speaking()
def foresee(face: Face, scope: Scope, *, until: Until, everyone: Everyone = False, output: Output = None) -> None:
    """Show what would go out until a day; sends nothing.

    Times are on the recipient's own clock. A programme that is not live yet is shown as if it went live now.
    """
    with opened(face, scope) as workspace:
        zone = zone_of(workspace, scope)
        with working(face, f"looking ahead to {until}"):
            found = look(workspace, scope, parse_instant(until, zone))
        redirected = workspace.settings.redirect_all
    if output is not None:
        save(found, output)
    if face.json:
        face.data(shape(found.plan, found.register, zone))
    else:
        title = f"{scope} until {shown(found.plan.until, zone)}"
        show_table(face, title, COLUMNS, lines(found.plan, found.register, zone, each=everyone))
        tell(face, found.plan, zone)
    say_redirected(face, redirected)
    if output is not None:
        face.say(f"written: {output}; once it has been read: convener apply {output}")


def tell(face: Face, plan: Plan, zone: str) -> None:
    """Say what needs a human, and what all of it comes to."""
    if plan.flags:
        rows = ((flag.severity, flag.subject, flag.text, flag.settle) for flag in plan.flags)
        show_table(face, "Needs a human", ("severity", "about", "what", "settle with"), rows)
    held = f", {len(plan.held)} of them held for a person" if plan.held else ""
    missed = f", {len(plan.missed)} too late to be of use" if plan.missed else ""
    face.say(
        f"{counted(len(plan.dispatches), 'message')}{held}{missed}, {counted(len(plan.flags), 'flag')}; "
        f"next: {shown(plan.next_due, zone)}"
    )


def shape(found: Plan, register: Register, zone: str) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    return {
        "from": instant_shape(found.since, zone),
        "until": instant_shape(found.until, zone),
        "next_due": instant_shape(found.next_due, zone),
        "dispatches": [
            dispatch_shape(one, register.people, zone) | {"held": found.held.get(one.key)} for one in found.dispatches
        ],
        "flags": [flag_shape(flag, zone) for flag in found.flags],
    }
