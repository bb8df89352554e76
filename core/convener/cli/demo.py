"""`convener demo`."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from convener.cli.face import Face, printable
from convener.cli.options import Seed, command_app, speaking
from convener.cli.tables import console_of, show_table
from convener.clock import VirtualClock
from convener.engines import open_engine, workers_beside
from convener.errors import UsageError
from convener.operations.demo import CLIENT, OPENING, DemoStep, DemoSummary, play
from convener.operations.initialise import initialise
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace
from convener.settings.environment import variables

app = command_app()
MARK = ".convener-demo"
"""Stands in a folder that a demo made; only such a folder is made anew."""
HEEDED = frozenset({("database",), ("engine",)})
"""Keys that the environment may set for a demo; what else it says is meant for real work."""
BESIDE = {"embedded": 0, "procrastinate": 1}
"""Workers besides this process, by engine."""


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
    the code that runs a real programme, with the embedded defaults, in a workspace of its own. CONVENER_DATABASE_URL
    takes it to an empty PostgreSQL database, and CONVENER_ENGINE=procrastinate shares the work of two workers there.
    """
    prepare(folder)
    clock, environ = VirtualClock(OPENING), heeded(os.environ)
    with closing(open_workspace(folder, clock=clock, environ=environ)) as workspace:
        refuse_used(workspace)
        count = BESIDE[workspace.settings.engine]
        with closing(open_engine(workspace)) as engine, workers_beside(folder, environ, count):
            summary = play(workspace, clock, engine, seed=seed, tell=teller(face))
    print_summary(face, summary)


def heeded(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of *environ* that say which database and which engine."""
    return {name: environ[name] for name, path in variables().items() if path in HEEDED and name in environ}


def refuse_used(workspace: Workspace) -> None:
    """Raise UsageError when the database knows a programme already: it may be that of real work."""
    with workspace.store.begin() as tx:
        known = tx.scopes()
    if known:
        raise UsageError(
            f"the {workspace.store.label} is in use, and a demo wants one of its own",
            hint="name an empty one in CONVENER_DATABASE_URL, or unset it and CONVENER_DATABASE",
        )


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
    if face.json:
        face.data({"summary": dict(summary.rows), "places": summary.places})
        return
    show_table(face, "The year in figures", ("what", "how many"), summary.rows)
    show_table(face, "Where to look", ("what", "where"), summary.places.items())
