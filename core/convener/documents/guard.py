"""Refuses text that would take the parser hours or the stack, before the parser sees it.

A lexical pass of linear time that knows TOML's strings, comments and brackets. Up to the first syntax error it
reads exactly the tokens a parser reads, so nothing deep can hide from it; after that error the parser has stopped.
"""

import re

from convener.errors import Place, Problem

MAX_BYTES = 256 * 1024
"""Longest file, in bytes."""
MAX_DEPTH = 32
"""Deepest nesting of brackets, of tables, and most parts of a dotted key."""
MAX_WORD = 200
"""Longest bare word, in characters; no number or bare key needs more."""

_TOKEN = re.compile(
    r"""
      \#[^\n]*                                          # a comment
    | \"{3} (?: [^\\] | \\. )*? (?: \"{3,5} | \Z )      # strings of several lines, and of one
    | '{3} .*? (?: '{3,5} | \Z )
    | \" (?: [^\"\\\n] | \\. )* \"?
    | ' [^'\n]* '?
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<dot> \. )
    | (?P<end> [=,\n] )
    | (?P<word> [^\s\"'\#\[\]{}.,=]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


def place_at(text: str, offset: int, file: str) -> Place:
    """Return the place of the character at *offset*, line and column from 1, the column in characters."""
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def find_bomb(text: str, file: str) -> Problem | None:
    """Return the first thing in *text* that is too deep or too long to parse, or None."""
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        depth += (kind == "open") - (kind == "close")
        dots = dots + (kind == "dot") if kind in {"dot", "word", None} else 0
        if max(depth, dots + 1) > MAX_DEPTH:
            return too_deep(place_at(text, token.start(), file))
        if kind == "word" and token.end() - token.start() > MAX_WORD:
            return _too_long(len(token[0]), place_at(text, token.start(), file))
    return None


def too_deep(place: Place) -> Problem:
    """Return the problem of nesting beyond the limit."""
    return Problem(
        code="too-deep",
        message=f"nested more than {MAX_DEPTH} levels deep",
        place=place,
        hint="no rule needs more than a few levels; is this the right file?",
    )


def _too_long(length: int, place: Place) -> Problem:
    return Problem(
        code="too-large",
        message=f"a number or word of {length} characters, where {MAX_WORD} are allowed",
        place=place,
        hint="shorten it, or put text in quotes",
    )
