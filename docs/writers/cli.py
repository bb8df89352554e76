"""`cli.md`: every command as its own help tells it."""

import contextlib
import importlib
import io
import os

import typer

from convener.cli.app import run
from convener.cli.catalogue import COMMANDS
from writers.markdown import fenced

INTRODUCTION = """\
# Commands

Data go to stdout, words to stderr.
Every command takes `--json`, which prints data in a [stable shape](json.md), and `--at`, which pretends that it is \
another moment; most that send or change take `--dry-run`.
`-h` is short for `--help`.
Colours are off with `--no-color` or when `NO_COLOR` is set.

A scope is `CLIENT`, `CLIENT/PROGRAMME`, `CLIENT/PROGRAMME/POD` or, for one session, `CLIENT/PROGRAMME/POD/NUMBER`.
A moment without an offset is read on the wall clock of the programme.
The workspace is the folder that `--workspace` names, or the nearest one upwards that has a `config.toml`.

Exit codes: [errors](errors.md).
"""


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION, "## convener\n", fenced(help_of())]
    for name, entry in COMMANDS.items():
        parts += [f"## convener {name}\n", fenced(help_of(name))]
        command = typer.main.get_command(importlib.import_module(f"convener.cli.{entry.module}").app)
        for inner in getattr(command, "commands", {}):
            parts += [f"### convener {name} {inner}\n", fenced(help_of(name, inner))]
    return "\n".join(parts)


def help_of(*names: str) -> str:
    """Return what `convener NAMES --help` prints on a terminal of 100 columns."""
    printed = io.StringIO()
    os.environ |= {"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
    with contextlib.redirect_stdout(printed):
        run([*names, "--help"])
    return "\n".join(line.rstrip() for line in printed.getvalue().splitlines())
