"""Pieces of Markdown."""

import inspect
from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar or a line break inside a cell is written so that it stays there."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [list(header), ["---"] * len(header), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def code(text: str) -> str:
    """Return *text* as code, or nothing for nothing."""
    return f"`{text}`" if text else ""


def fenced(text: str, language: str = "text") -> str:
    """Return *text* as a block."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def sentence(text: str) -> str:
    """Return *text* with its first letter as it is, on one line, without a final stop."""
    return " ".join(text.split()).removesuffix(".")


def prose(text: str) -> str:
    """Return *text* one sentence a line."""
    return " ".join(text.split()).replace(". ", ".\n")


def summary(thing: object) -> str:
    """Return the first paragraph of the docstring of *thing*, on one line."""
    return sentence((inspect.getdoc(thing) or "").split("\n\n")[0])
