"""Markdown to the two parts of a mail: HTML, and the same words as plain prose.

Most of a message is the same for everyone who gets it. So it is read in pieces, each of which Markdown would read alike
wherever it stood, and a piece read once is remembered.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from textwrap import indent
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
"""Raw HTML off: whatever a text holds, no tag of its own reaches a mail."""

_HOURS: Final = re.compile("\\d{1,2}:\\d{2}\N{EN DASH}\\d{1,2}:\\d{2}(?![^<]*>)")
"""Hours that should not break over two lines of a phone."""


_FAR = re.compile(r"^[ \t]*(?:`{3}|~{3})|\]:", re.MULTILINE)
"""A fence or a definition of a link: what it means for the lines after it does not end with a piece."""

_FAR_SIGNS: Final = ("```", "~~~", "]:")
"""One of them is in every text that `_FAR` finds something in; most texts have none, and this is sooner seen."""

_BLOCK = re.compile(r"\s*?(?:[^\n]*\S[^\n]*(?:\n|$))+(?:[ \t]*(?:\n|$))*")
"""Lines up to the next blank ones, and those."""

_BOUND = re.compile(r"^(?:[ \t>]|[-+*](?:[ \t]|$)|\d+[.)](?:[ \t]|$))", re.MULTILINE)
"""A line of a list, a quote or something indented: it may belong to what stands before it."""


def to_parts(markdown: str) -> tuple[Markup, str]:
    """Return *markdown* as HTML and as prose, read once; see `to_html` and `to_text`."""
    parts = [_part(piece) for piece in pieces(markdown)]
    prose = "\n\n".join(text for _, text in parts if text)
    return _ours("".join(html for html, _ in parts)), prose.strip() + "\n"


def pieces(markdown: str) -> Iterator[str]:
    """Yield *markdown* in pieces that mean by themselves what they mean in their place."""
    if any(sign in markdown for sign in _FAR_SIGNS) and _FAR.search(markdown):
        yield markdown
        return
    for bound, run in groupby(_BLOCK.findall(markdown), key=_is_bound):
        together = list(run)
        yield from ["".join(together)] if bound else together


@lru_cache(maxsize=2048)
def _is_bound(block: str) -> bool:
    return bool(_BOUND.search(block))


@lru_cache(maxsize=2048)
def _part(markdown: str) -> tuple[str, str]:
    tokens = _MARKDOWN.parse(markdown)
    return _html(tokens), _prose(tokens)


def to_html(markdown: str) -> Markup:
    """Return *markdown* as HTML without any page around it; raw HTML inside is shown, not obeyed."""
    return _ours(_html(_MARKDOWN.parse(markdown)))


def to_text(markdown: str) -> str:
    """Return *markdown* as a person would type it: no stars, no backslashes, an address after each link."""
    return _prose(_MARKDOWN.parse(markdown)).strip() + "\n"


def title_of(markdown: str) -> str:
    """Return the words of the first heading, or nothing."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(markdown))
    return next((_words(node) for node in tree.children if node.type == "heading"), "")


def _ours(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - raw HTML is off, so every tag in it is our own


def _html(tokens: Sequence[Token]) -> str:
    html = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).replace("<th>", '<th scope="col">')
    return _HOURS.sub(r'<span style="white-space: nowrap">\g<0></span>', html)


def _prose(tokens: Sequence[Token]) -> str:
    return _blocks(SyntaxTreeNode(tokens)).replace("\u00a0", " ")


def _blocks(node: SyntaxTreeNode) -> str:
    return "\n\n".join(_block(child) for child in node.children)


def _block(node: SyntaxTreeNode) -> str:
    write = _WRITERS.get(node.type)
    return write(node) if write else node.content.rstrip("\n")


def _words(node: SyntaxTreeNode) -> str:
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n" if node.type == "hardbreak" else " "
    words = "".join(_words(child) for child in node.children)
    return _link(words, str(node.attrs.get("href", ""))) if node.type == "link" else words


def _link(words: str, href: str) -> str:
    return words if words == href.removeprefix("mailto:") else f"{words} ({href})"


def _list(node: SyntaxTreeNode) -> str:
    start = int(node.attrs.get("start", 1))
    ordered = node.type == "ordered_list"
    items: list[str] = []
    for at, item in enumerate(node.children):
        lead = f"{start + at}. " if ordered else "- "
        parts = "\n".join(_block(child) for child in item.children)
        items.append(lead + indent(parts, " " * len(lead)).lstrip())
    return "\n".join(items)


def _quote(node: SyntaxTreeNode) -> str:
    return indent(_blocks(node), "    ")


def _table(node: SyntaxTreeNode) -> str:
    rows = [row for part in node.children for row in part.children]
    return "\n".join(" | ".join(_words(cell) for cell in row.children) for row in rows)


def _rule(_node: SyntaxTreeNode) -> str:
    return "---"


_WRITERS: Final[Mapping[str, Callable[[SyntaxTreeNode], str]]] = {
    "heading": _words,
    "paragraph": _words,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "table": _table,
    "hr": _rule,
}
