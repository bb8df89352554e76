"""`convener tick`."""

from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.opening import opened
from convener.cli.options import AnyScope, command_app, speaking
from convener.cli.shapes import instant_shape
from convener.cli.tables import working
from convener.errors import Exit
from convener.operations.deliver import DeliverReport, deliver
from convener.operations.tick import TickReport, tick

app = command_app()
OnlyDecide = Annotated[bool, typer.Option("--no-deliver", help="Decide and write to the ledger; deliver nothing.")]


@app.command("tick")
@speaking("dry_run")
def work_once(face: Face, scope: AnyScope = "", *, no_deliver: OnlyDecide = False) -> None:
    """Decide what is due and deliver it, once.

    Twice for the same moment sends nothing the second time. Exit 4 when something could not be decided or
    delivered, 5 when something may or may not have arrived.
    """
    with opened(face, scope) as workspace, working(face, "working"):
        ticked = tick(workspace, scope, dry_run=face.dry_run)
        delivered = DeliverReport() if no_deliver or face.dry_run else deliver(workspace)
    if face.json:
        face.data(shape(ticked, delivered))
    else:
        tell(face, ticked, delivered)
    if delivered.in_doubt:
        raise typer.Exit(Exit.IN_DOUBT)
    if ticked.failures or delivered.failed or delivered.retry:
        raise typer.Exit(Exit.PARTLY)


def tell(face: Face, ticked: TickReport, delivered: DeliverReport) -> None:
    """Say what was decided and what became of it."""
    for scope, why in ticked.failures:
        face.say(f"error: {scope}: {why}")
    for why in delivered.failures:
        face.say(f"warning: {why}")
    held = f", {len(ticked.held)} of them held for a person" if ticked.held else ""
    face.say(f"{len(ticked.planned)} new{held}, {ticked.missed} missed, {ticked.flags} flags")
    face.say(
        f"{delivered.sent} sent, {delivered.retry} to try again, {delivered.failed} failed, "
        f"{delivered.in_doubt} in doubt; next: {shown(ticked.next_due)}"
    )


def shape(ticked: TickReport, delivered: DeliverReport) -> dict[str, object]:
    """Return the JSON shape of one tick."""
    return {
        "planned": [dispatch.key for dispatch in ticked.planned],
        "held": dict(ticked.held),
        "missed": ticked.missed,
        "flags": ticked.flags,
        "next_due": instant_shape(ticked.next_due),
        "sent": delivered.sent,
        "retry": delivered.retry,
        "failed": delivered.failed,
        "in_doubt": delivered.in_doubt,
        "failures": [*(f"{scope}: {why}" for scope, why in ticked.failures), *delivered.failures],
    }
