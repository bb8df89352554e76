"""`convener tick`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.failures import explain_problems
from convener.cli.moments import shown
from convener.cli.opening import unattended
from convener.cli.options import AnyScope, command_app, speaking
from convener.cli.shapes import instant_shape
from convener.cli.tables import working
from convener.errors import Exit, Problem, errors_of
from convener.operations.delivery import DeliverReport, deliver
from convener.operations.rules import Reloaded
from convener.operations.tick import TickReport, tick

app = command_app()
OnlyDecide = Annotated[bool, typer.Option("--no-deliver", help="Decide and write to the ledger; deliver nothing.")]


@app.command("tick")
@speaking("dry_run")
def work_once(face: Face, scope: AnyScope = "", *, no_deliver: OnlyDecide = False) -> None:
    """Decide what is due and deliver it, once.

    Twice for the same moment sends nothing the second time. An automation that is wrong is left out and a client whose
    rules are wrong is skipped, as the daemon does; both are named. A programme whose decision has killed its process is
    left alone, unless SCOPE names it. Exit 4 for that, or when something could not be decided or delivered, 5 when
    something may or may not have arrived.
    """
    with unattended(face, scope) as (workspace, reloaded), working(face, "working"):
        ticked = tick(workspace, scope, dry_run=face.dry_run, insist="/" in scope)
        delivered = DeliverReport() if no_deliver or face.dry_run else deliver(workspace)
        doubts = tuple(workspace.rules.troubles().values())
    lacking = list(without(reloaded, scope.partition("/")[0]))
    for what, problems in lacking:
        face.say(f"error: {what}")
        explain_problems(problems, face, face.say)
    ticked = replace(ticked, failures=(*_others(ticked, reloaded), *(("plugins", doubt) for doubt in doubts)))
    if face.json:
        face.data(shape(ticked, delivered, lacking))
    else:
        tell(face, ticked, delivered)
    if delivered.in_doubt:
        raise typer.Exit(Exit.IN_DOUBT)
    if lacking or ticked.failures or delivered.failed or delivered.retry:
        raise typer.Exit(Exit.PARTLY)


def without(reloaded: Reloaded, client: str = "") -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Yield what the tick works without, of *client* or of all, and the errors that are the cause."""
    for name, problems in reloaded.refused.items():
        if client in ("", name):
            yield f"{name} is skipped: its rules are wrong", tuple(errors_of(problems))
    for name, automations in reloaded.isolated.items():
        for automation, problems in automations.items() if client in ("", name) else ():
            yield f"{name} goes on without automation {automation}", tuple(errors_of(problems))


def _others(ticked: TickReport, reloaded: Reloaded) -> list[tuple[str, str]]:
    """Return the failures of clients that are not named as skipped anyway."""
    return [failure for failure in ticked.failures if failure[0].partition("/")[0] not in reloaded.refused]


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


def shape(
    ticked: TickReport, delivered: DeliverReport, lacking: Iterable[tuple[str, Iterable[Problem]]] = ()
) -> dict[str, object]:
    """Return the JSON shape of one tick, with what it worked without among the failures."""
    missing = [f"{what}: {problem}" for what, problems in lacking for problem in problems]
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
        "failures": [*missing, *(f"{scope}: {why}" for scope, why in ticked.failures), *delivered.failures],
    }
