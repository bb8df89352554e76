"""`convener apply`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face, counted
from convener.cli.moments import shown
from convener.cli.opening import opened, zone_of
from convener.cli.options import command_app, speaking
from convener.cli.outlook import say_redirected
from convener.cli.shapes import instant_shape
from convener.operations.apply import ApplyReport, SavedPlan, apply, read

app = command_app()
File = Annotated[Path, typer.Argument(metavar="FILE", help="A plan, as `convener plan -o FILE` wrote it.")]


@app.command("apply")
@speaking("dry_run")
def carry_out(face: Face, file: File) -> None:
    """Write what of a saved plan is due into the ledger.

    Exactly that, or nothing: exit 1 when rules, register or what is due have changed since. The next tick delivers it.
    """
    saved = read(file)
    with opened(face, saved.scope) as workspace:
        report = apply(workspace, saved, dry_run=face.dry_run)
        zone, redirected = zone_of(workspace, saved.scope), workspace.settings.redirect_all
    if face.json:
        face.data(shape(saved, report))
        return
    written = report.written
    held = f", {len(written.held)} of them held for a person" if written.held else ""
    would = "would be" if face.dry_run else "are"
    face.say(f"{counted(len(written.planned), 'message')} {would} in the ledger{held}; the next tick delivers them")
    face.say(f"{report.ahead} of the plan are still ahead; next: {shown(written.next_due, zone)}")
    say_redirected(face, redirected)


def shape(saved: SavedPlan, report: ApplyReport) -> dict[str, object]:
    """Return the JSON shape of what was written."""
    written = report.written
    return {
        "scope": saved.scope,
        "made": instant_shape(saved.made),
        "written": [one.key for one in written.planned],
        "held": dict(written.held),
        "missed": written.missed,
        "ahead": report.ahead,
        "next_due": instant_shape(written.next_due),
    }
