"""From a parsed clause to a typed closure: types are checked here, before anything runs."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lark import Token, Tree

from convener.documents import nearest
from convener.expressions.arithmetic import INT_MAX, ORDERS, RESULTS, work_of
from convener.expressions.catalogue import Fact

Run = Callable[[Mapping[str, object]], object]
"""A compiled part: facts in, a value out, None for unknown."""

ORDERED = frozenset({"int", "float", "string", "timestamp", "duration"})


class ClauseError(Exception):
    """Something wrong at one character of a clause."""

    def __init__(self, code: str, text: str, offset: int, hint: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.offset, self.hint = code, text, offset, hint


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of a clause with its type and the facts it speaks of."""

    type: str
    run: Run
    names: frozenset[str] = field(default_factory=frozenset)


def translate(tree: Tree[Token], catalogue: Mapping[str, Fact]) -> Typed:
    """Return the typed closure of *tree*; raise ClauseError where names or types are wrong."""
    return _Translator(catalogue).part(tree)


def _offset(node: Tree[Token] | Token) -> int:
    start = node.start_pos if isinstance(node, Token) else node.meta.start_pos
    return start or 0


class _Translator:
    """One method for each node of the grammar, named as there."""

    def __init__(self, catalogue: Mapping[str, Fact]) -> None:
        self._catalogue = catalogue

    def part(self, node: Tree[Token] | Token) -> Typed:
        if isinstance(node, Token):  # pragma: no cover - the grammar wraps every token
            raise ClauseError("bad-clause", "cannot be read", _offset(node))
        made: Typed = getattr(self, f"_{node.data}".rstrip("_"))(node)
        return made

    def _token(self, node: Tree[Token]) -> Token:
        token = node.children[0]
        if not isinstance(token, Token):
            raise ClauseError("bad-clause", "cannot be read", _offset(node))
        return token

    # -- atoms --------------------------------------------------------------------------------------------------

    def _known(self, token: Token) -> Fact:
        fact = self._catalogue.get(str(token))
        if fact is None:
            raise ClauseError(
                "unknown-fact", f"unknown fact '{token}'", _offset(token), nearest(token, self._catalogue)
            )
        return fact

    def _fact(self, node: Tree[Token]) -> Typed:
        fact = self._known(self._token(node))
        name = fact.name
        return Typed(fact.type, lambda facts: facts.get(name), frozenset({name}))

    def _has(self, node: Tree[Token]) -> Typed:
        fact = self._known(self._token(node))
        name = fact.name
        return Typed("bool", lambda facts: facts.get(name) is not None, frozenset({name}))

    def _truth(self, node: Tree[Token]) -> Typed:
        value = str(self._token(node)) == "true"
        return Typed("bool", lambda facts: value)

    def _int(self, node: Tree[Token]) -> Typed:
        token = self._token(node)
        value = int(token)
        if value > INT_MAX:
            raise ClauseError("bad-clause", f"{token} is too large", _offset(token))
        return Typed("int", lambda facts: value)

    def _float(self, node: Tree[Token]) -> Typed:
        value = float(self._token(node))
        return Typed("float", lambda facts: value)

    def _string(self, node: Tree[Token]) -> Typed:
        value = _unescaped(str(self._token(node))[1:-1])
        return Typed("string", lambda facts: value)

    # -- logic --------------------------------------------------------------------------------------------------

    def _bools(self, node: Tree[Token], sign: str) -> list[Typed]:
        parts = [self.part(child) for child in node.children]
        for part, child in zip(parts, node.children, strict=True):
            _expect(part, "bool", sign, child)
        return parts

    def _or(self, node: Tree[Token]) -> Typed:
        left, right = self._bools(node, "||")
        one, two = left.run, right.run

        def run(facts: Mapping[str, object]) -> object:
            first = one(facts)
            if first is True:
                return True
            second = two(facts)
            return True if second is True else (None if first is None or second is None else False)

        return Typed("bool", run, left.names | right.names)

    def _and(self, node: Tree[Token]) -> Typed:
        left, right = self._bools(node, "&&")
        one, two = left.run, right.run

        def run(facts: Mapping[str, object]) -> object:
            first = one(facts)
            if first is False:
                return False
            second = two(facts)
            return False if second is False else (None if first is None or second is None else True)

        return Typed("bool", run, left.names | right.names)

    def _not(self, node: Tree[Token]) -> Typed:
        (part,) = self._bools(node, "!")
        inner = part.run

        def run(facts: Mapping[str, object]) -> object:
            value = inner(facts)
            return None if value is None else not value

        return Typed("bool", run, part.names)

    # -- comparison ---------------------------------------------------------------------------------------------

    def _pair(self, node: Tree[Token]) -> tuple[Typed, Token, Typed]:
        left, sign, right = node.children
        if not isinstance(sign, Token):
            raise ClauseError("bad-clause", "cannot be read", _offset(node))
        return self.part(left), sign, self.part(right)

    def _equal(self, node: Tree[Token]) -> Typed:
        left, sign, right = self._pair(node)
        _alike(left, right, sign)
        return _combined("bool", operator.eq if sign == "==" else operator.ne, left, right)

    def _order(self, node: Tree[Token]) -> Typed:
        left, sign, right = self._pair(node)
        _alike(left, right, sign)
        if left.type not in ORDERED:
            raise ClauseError("type-mismatch", f"'{sign}' cannot order a {left.type}", _offset(sign))
        return _combined("bool", ORDERS[str(sign)], left, right)

    def _member(self, node: Tree[Token]) -> Typed:
        first, choices = node.children
        left = self.part(first)
        parts = [self.part(child) for child in choices.children] if isinstance(choices, Tree) else []
        for part, child in zip(parts, choices.children if isinstance(choices, Tree) else (), strict=True):
            _expect(part, left.type, "in", child)
        return Typed("bool", _among(left.run, [part.run for part in parts]), _names(left, *parts))

    # -- arithmetic ---------------------------------------------------------------------------------------------

    def _negative(self, node: Tree[Token]) -> Typed:
        part = self.part(node.children[0])
        if part.type not in ("int", "float"):
            raise ClauseError("type-mismatch", f"'-' cannot negate a {part.type}", _offset(node))
        return _combined(part.type, work_of("-", part.type), Typed(part.type, _zero(part.type)), part)

    def _arithmetic(self, node: Tree[Token]) -> Typed:
        left, sign, right = self._pair(node)
        kind = RESULTS.get((left.type, str(sign), right.type))
        if kind is None:
            text = f"'{sign}' does not work on a {left.type} and a {right.type}"
            raise ClauseError("type-mismatch", text, _offset(sign), _numeric_hint(left, right))
        return _combined(kind, work_of(str(sign), kind), left, right)


def _zero(kind: str) -> Run:
    value = 0 if kind == "int" else -0.0
    return lambda facts: value


def _names(*parts: Typed) -> frozenset[str]:
    return frozenset().union(*(part.names for part in parts))


def _combined(kind: str, work: Callable[..., object], left: Typed, right: Typed) -> Typed:
    one, two = left.run, right.run

    def run(facts: Mapping[str, object]) -> object:
        first, second = one(facts), two(facts)
        return None if first is None or second is None else work(first, second)

    return Typed(kind, run, _names(left, right))


def _among(run: Run, choices: list[Run]) -> Run:
    def among(facts: Mapping[str, object]) -> object:
        value = run(facts)
        values = [choice(facts) for choice in choices]
        if value is None:
            return None
        return True if value in values else (None if None in values else False)

    return among


def _expect(part: Typed, kind: str, sign: str, node: Tree[Token] | Token) -> None:
    if part.type != kind:
        text = f"'{sign}' needs a {kind} here, not a {part.type}"
        raise ClauseError("type-mismatch", text, _offset(node), "compare it with something" if kind == "bool" else "")


def _alike(left: Typed, right: Typed, sign: Token) -> None:
    if left.type != right.type:
        text = f"'{sign}' cannot compare a {left.type} with a {right.type}"
        raise ClauseError("type-mismatch", text, _offset(sign), _numeric_hint(left, right))


def _numeric_hint(left: Typed, right: Typed) -> str:
    mixed = {left.type, right.type} == {"int", "float"}
    return "write whole numbers with a point, for example 1.0" if mixed else ""


def _unescaped(text: str) -> str:
    out, escaped = [], False
    for letter in text:
        if escaped:
            out.append({"n": "\n", "r": "\r", "t": "\t"}.get(letter, letter))
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            out.append(letter)
    return "".join(out)


PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "bool": bool,
    "int": int,
    "float": float,
    "string": str,
    "timestamp": datetime,
    "duration": timedelta,
    "list": (list, tuple),
}
"""What a fact of each type is in Python."""
