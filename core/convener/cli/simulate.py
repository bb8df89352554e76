"""`convener simulate`."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn

from convener.cli.face import Face
from convener.cli.moments import parse_instant
from convener.cli.opening import opened, zone_of
from convener.cli.options import Scope, command_app, speaking
from convener.cli.simulation import print_simulation, shape
from convener.cli.tables import console_of
from convener.errors import Exit, UsageError
from convener.model import parse_share
from convener.operations.simulate import Simulation, Wish, refuse_ending, simulate, write_picture
from convener.operations.workspace import Workspace

app = command_app()
From = Annotated[str, typer.Option("--from", metavar="ISO", help="Where it begins, with the register as it is now.")]
Until = Annotated[str, typer.Option("--to", metavar="ISO", help="Where it ends.")]
Seed = Annotated[int, typer.Option(help="Same seed, same story.")]
Events = Annotated[Path | None, typer.Option(metavar="FILE", help="TOML file with what is to happen.")]
OnlyEvents = Annotated[bool, typer.Option("--only-events", help="Make nothing up: only what the file says happens.")]
Picture = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a calendar: .svg, or .html with the digest.")]
DropOuts = Annotated[str, typer.Option(metavar="SHARE", help="Participants who withdraw, for example 5%.")]
Secondments = Annotated[str, typer.Option(metavar="SHARE", help="Participants who are seconded for some weeks.")]


@app.command("simulate")
@speaking()
def rehearse(  # noqa: PLR0913 - an argument for each option
    face: Face,
    scope: Scope,
    *,
    since: From,
    until: Until,
    seed: Seed = 1,
    events: Events = None,
    only_events: OnlyEvents = False,
    drop_outs: DropOuts = "0%",
    secondments: Secondments = "0%",
    picture: Picture = None,
) -> None:
    """Rehearse a year in seconds; nothing of it happens.

    The programme starts from the register as it is, a draft as if it went live then. People answer, send registers
    and leave as the seed has it and the events file says. Exit 4 when something the file says was refused.
    """
    if picture is not None:
        refuse_ending(picture)
    with opened(face, scope) as workspace:
        zone = zone_of(workspace, scope)
        wish = Wish(
            since=parse_instant(since, zone),
            until=parse_instant(until, zone),
            seed=None if only_events else seed,
            events=events,
            drop_outs=share(drop_outs),
            secondments=share(secondments),
        )
        found = played(face, workspace, scope, wish)
        if picture is not None:
            write_picture(workspace, picture, found)
            face.say(f"written: {picture}")
    if face.json:
        face.data(shape(found))
    else:
        print_simulation(face, found)
    if any(day.refused for day in found.days):
        raise typer.Exit(Exit.PARTLY)


def played(face: Face, workspace: Workspace, scope: str, wish: Wish) -> Simulation:
    """Return the year as *wish* has it, with progress on a terminal."""
    with progress(face, f"rehearsing {scope}", wish) as tell:
        return simulate(workspace, scope, wish, tell)


def share(text: str) -> Fraction:
    """Read a share; raise UsageError for anything else."""
    try:
        return parse_share(text)
    except ValueError as error:
        raise UsageError(str(error), hint="write it as 5%") from None


@contextmanager
def progress(face: Face, words: str, wish: Wish) -> Generator[Callable[[datetime], None]]:
    """Show on stderr, and only on a terminal, how far a rehearsal has come."""
    console = console_of(face, stderr=True)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[day]}"), console=console)
    bar.disable = not console.is_terminal
    task = bar.add_task(words, total=(wish.until - wish.since).total_seconds(), day="")

    def tell(at: datetime) -> None:
        bar.update(task, completed=(at - wish.since).total_seconds(), day=f"{at:%d %b %Y}")

    with bar:
        yield tell
