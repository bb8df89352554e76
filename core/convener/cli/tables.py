"""Tables for the terminal, and progress while something takes long."""

import sys
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from convener.cli.face import Face, printable

WIDE = 240
"""Columns to lay out for when stdout is not a terminal: nothing is cut in a file or a pipe."""


def console_of(face: Face, *, stderr: bool = False) -> Console:
    """Return a console that prints what it is given, without reading markup into it."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        no_color=not face.color,
        markup=False,
        emoji=False,
        highlight=False,
        width=None if stream.isatty() else WIDE,
    )


def show_table(
    face: Face, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, whole: Collection[str] = ()
) -> None:
    """Print *rows* under *columns* on stdout; say so on stderr when there are none.

    Cells under the columns *whole* stay on one line, so that others give way.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in whole)
    for row in rows:
        table.add_row(*(Text(printable("-" if cell is None else str(cell))) for cell in row))
    if table.row_count:
        heading = [Text(printable(title), style="bold")] if title else []
        console_of(face).print(*heading, table, sep="\n")
    else:
        face.say(f"{title or 'result'}: nothing to show")


@contextmanager
def working(face: Face, words: str) -> Generator[None]:
    """Show that *words* is going on, on stderr and only on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    with console_of(face, stderr=True).status(words):
        yield
