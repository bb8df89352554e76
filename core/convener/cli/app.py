"""The top of the command line: global options, and commands that are imported only when they run."""

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version as version_of
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from convener.cli.catalogue import COMMANDS
from convener.cli.face import Face
from convener.cli.failures import explain_failure
from convener.cli.options import speaking
from convener.errors import Exit

NAME_WIDTH = max(map(len, COMMANDS))


class LazyCommands(Mapping[str, Any]):
    """The commands by name; each module is imported when its command is first asked for."""

    def __getitem__(self, name: str) -> Any:
        module = importlib.import_module(f"convener.cli.{COMMANDS[name].module}")
        command = typer.main.get_command(module.app)
        command.name = name
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LazyGroup(TyperGroup):
    """A group whose help comes from the table and whose commands from `LazyCommands`."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = LazyCommands()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help page, importing nothing."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under their headings, importing nothing."""
        for section, entries in groupby(COMMANDS.items(), key=lambda item: item[1].section):
            with formatter.section(section):
                formatter.write_dl([(name.ljust(NAME_WIDTH), entry.help) for name, entry in entries])


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help costs a third of the start-up time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def print_version(asked: bool) -> None:
    """Print the version and end, when *asked*."""
    if asked:
        sys.stdout.write(f"convener {version_of('convener')}\n")
        raise typer.Exit


@app.callback(epilog="A scope is CLIENT, CLIENT/PROGRAMME or CLIENT/PROGRAMME/POD.")
@speaking()
def convener(
    face: Face,
    *,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", "-w", envvar="CONVENER_WORKSPACE", metavar="DIR", help="Workspace to work in."),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")] = False,
    debug: Annotated[bool, typer.Option("--debug", envvar="CONVENER_DEBUG", help="Show tracebacks.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Run the logistics of small-group coaching from rule files."""
    face.workspace, face.debug = workspace, debug
    face.color = not (no_color or os.environ.get("NO_COLOR"))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; None means the arguments of this process."""
    face = Face()
    try:
        typer.main.get_command(app).main(arguments, prog_name="convener", obj=face)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Exit.OK
    except Exception as failure:  # noqa: BLE001 - the one place that prints whatever went wrong
        return explain_failure(failure, face)
    return Exit.OK


def main() -> None:
    """Run the command line of this process and leave with its exit code, quietly when nobody reads on."""
    code = run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
