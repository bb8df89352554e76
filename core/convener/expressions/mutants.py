"""Small changes to a clause: what its tests should notice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lark import Token

from convener.errors import InvalidError, Place
from convener.expressions.catalogue import CATALOGUE
from convener.expressions.clause import compile_clause
from convener.expressions.grammar import parse, tokens
from convener.expressions.nodes import Node
from convener.model.facts import Fact

_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    ">=": (">", "<"),
    ">": (">=", "<="),
    "<=": ("<", ">"),
    "<": ("<=", ">="),
    "==": ("!=",),
    "!=": ("==",),
    "&&": ("||",),
    "||": ("&&",),
}
_NOWHERE = Place("mutant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A clause that differs from another in one small thing."""

    source: str
    what: str
    """The difference in words: "`>=` becomes `>`"."""


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str
    what: str


def mutants(source: str, catalogue: Mapping[str, Fact] = CATALOGUE) -> tuple[Mutant, ...]:
    """Return every small change of *source* that is a valid clause itself, from left to right.

    Each comparison becomes its neighbours and `in` its opposite, each whole number one more and one less, each
    `!` goes, and each `&&` and `||` becomes the other. Raise InvalidError when *source* is no valid clause.
    """
    compile_clause(source, _NOWHERE, catalogue)
    changes = sorted(_changes(source), key=lambda change: (change.start, change.what))
    seen: dict[str, int] = {}
    for change in changes:
        seen[change.what] = seen.get(change.what, 0) + 1
    found: dict[str, Mutant] = {}
    for change in changes:
        changed = source[: change.start] + change.text + source[change.end :]
        where = f", at character {change.start + 1}" if seen[change.what] > 1 else ""
        if changed not in found and _is_valid(changed, catalogue):
            found[changed] = Mutant(source=changed, what=change.what + where)
    return tuple(found.values())


def _changes(source: str) -> Iterator[_Change]:
    for token in tokens(source):
        yield from _of_token(token)
    waiting = [parse(source)]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.parts)
        if node.kind == "member":
            yield _opposite(source, node)


def _of_token(token: Token) -> Iterator[_Change]:
    start, end = token.start_pos or 0, token.end_pos or 0
    if token.type == "INT":
        others: tuple[str, ...] = (str(int(token) + 1), str(int(token) - 1))
    else:
        others = _NEIGHBOURS.get(str(token), ()) if token.type in ("COMPARE", "AND", "OR") else ()
    for other in others:
        yield _Change(start, end, other, f"`{token}` becomes `{other}`")
    if token.type == "NOT":
        yield _Change(start, end, "", "`!` goes")


def _opposite(source: str, node: Node) -> _Change:
    return _Change(node.start, node.end, f"!({source[node.start : node.end]})", "`in` becomes not in")


def _is_valid(source: str, catalogue: Mapping[str, Fact]) -> bool:
    try:
        compile_clause(source, _NOWHERE, catalogue)
    except InvalidError:
        return False
    return True
