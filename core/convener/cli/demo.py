"""`convener demo`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from convener.cli.face import Face, printable
from convener.cli.options import Seed, command_app, speaking
from convener.cli.tables import console_of, show_table
from convener.clock import VirtualClock
from convener.operations.demo import CLIENT, OPENING, DemoStep, DemoSummary, play
from convener.operations.initialise import initialise
from convener.runtime import open_workspace

app = command_app()
MARK = ".convener-demo"
"""Stands in a folder that a demo made; only such a folder is made anew."""


@app.command()
@speaking()
def demo(
    face: Face,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="A new folder, or that of an earlier demo.")] = Path(
        "demo"
    ),
    *,
    seed: Seed = 1,
) -> None:
    """Play a whole programme on a virtual clock, without a network.

    Roster, pods, dates, nine sessions with their registers, reminders, toolkits, changes and the report: all through
    the code that runs a real programme, with the embedded defaults, in a workspace of its own.
    """
    prepare(folder)
    clock = VirtualClock(OPENING)
    workspace = open_workspace(folder, clock=clock, environ={})
    try:
        summary = play(workspace, clock, seed=seed, tell=teller(face))
    finally:
        workspace.close()
    print_summary(face, summary)


def prepare(folder: Path) -> None:
    """Make *folder* a fresh workspace; what an earlier demo left there goes."""
    if (folder / MARK).is_file():
        shutil.rmtree(folder)
    initialise(folder, example=CLIENT)
    (folder / MARK).write_text("made by `convener demo`, and made anew by the next one\n", encoding="utf-8")


def teller(face: Face) -> Callable[[DemoStep], None]:
    """Return what prints one line on stderr for each step of the story."""
    console = console_of(face, stderr=True)

    def tell(step: DemoStep) -> None:
        sent = f"  {step.dispatched} sent so far" if step.dispatched else ""
        line = ((f"{step.date:%d %b %Y}  ", "cyan"), printable(step.text), (sent, "dim"))
        console.print(Text.assemble(*line), soft_wrap=True)

    return tell


def print_summary(face: Face, summary: DemoSummary) -> None:
    """Print what the year came to, and where to look."""
    places = {what: str(where) for what, where in summary.places.items()}
    if face.json:
        face.data({"summary": dict(summary.rows), "places": places})
        return
    show_table(face, "The year in figures", ("what", "how many"), summary.rows)
    show_table(face, "Where to look", ("what", "where"), places.items())
