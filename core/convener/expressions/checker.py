"""From the tree of a clause to a typed one: names and types are checked here, before anything runs."""

import math
from collections.abc import Callable, Iterable, Mapping

from convener.documents import nearest
from convener.expressions.advice import ClauseError, cure_of_sum, cure_of_types, unknown_fact, with_article
from convener.expressions.arithmetic import INT_MAX, RESULTS
from convener.expressions.calls import check_call, check_method, length
from convener.expressions.functions import Signature
from convener.expressions.nodes import Node, Typed
from convener.expressions.scope import Scope, elements
from convener.model.facts import Fact

ORDERED = frozenset({"int", "float", "string", "timestamp", "duration"})


def check(node: Node, scope: Scope) -> Typed:
    """Return *node* with its types; raise ClauseError where names or types are wrong."""
    if node.kind == "call":
        return check_call(node, scope, check)
    if node.kind == "method":
        return check_method(node, scope, check)
    return _CHECKS[node.kind](node, scope)


# -- atoms ------------------------------------------------------------------------------------------------------


def _truth(node: Node, _: Scope) -> Typed:
    return Typed("constant", "bool", node, value=node.word == "true")


def _int(node: Node, _: Scope) -> Typed:
    return _number(node, int(node.word))


def _number(node: Node, value: int) -> Typed:
    if not -INT_MAX - 1 <= value <= INT_MAX:
        raise ClauseError("bad-clause", f"{node.word[:24]} is too large", node.start, f"at most {INT_MAX}")
    return Typed("constant", "int", node, value=value)


def _float(node: Node, _: Scope) -> Typed:
    value = float(node.word)
    if math.isinf(value):
        raise ClauseError("bad-clause", f"{node.word[:24]} is too large", node.start, "at most 1.79e308")
    return Typed("constant", "float", node, value=value)


def _string(node: Node, _: Scope) -> Typed:
    return Typed("constant", "string", node, value=_unescaped(node.word[1:-1]))


def _name(node: Node, scope: Scope) -> Typed:
    fact = scope.facts.get(node.word)
    first = node.word.partition(".")[0]
    if first in scope.variables:
        kind = scope.variables[first]
        if first != node.word:
            raise ClauseError("type-mismatch", f"'{first}' is {with_article(kind)} and has no parts", node.start)
        return Typed("variable", kind, node, word=first)
    if fact is None:
        raise unknown_fact(node.word, node.start)
    return Typed("fact", fact.type, node, word=node.word, value=fact)


def _list(node: Node, scope: Scope) -> Typed:
    if not node.parts:
        hint = "whether a list is empty is asked with size(…) == 0"
        raise ClauseError("bad-clause", "a list needs at least one value", node.start, hint)
    parts = tuple(check(part, scope) for part in node.parts)
    kind = parts[0].type
    for part in parts:
        if elements(part.type):
            raise ClauseError("type-mismatch", "a list cannot hold lists", part.node.start)
        if part.type != kind:
            text = f"a list of {kind} cannot hold {with_article(part.type)}"
            raise ClauseError("type-mismatch", text, part.node.start, cure_of_types(part, parts[0]))
    known = all(part.kind == "constant" for part in parts)
    values = tuple(part.value for part in parts)
    return Typed("constant" if known else "list", f"list({kind})", node, parts, "", values, _cost(parts))


def _index(node: Node, scope: Scope) -> Typed:
    values, place = (check(part, scope) for part in node.parts)
    if not elements(values.type):
        text = f"only a list has values by number, not {with_article(values.type)}"
        raise ClauseError("type-mismatch", text, node.at)
    if place.type != "int":
        text = f"a list counts with an int, not {with_article(place.type)}"
        raise ClauseError("type-mismatch", text, place.node.start)
    if isinstance(place.value, int) and place.value < 0:
        raise ClauseError("bad-value", "a list counts from 0, never from its end", place.node.start)
    return Typed("index", elements(values.type), node, (values, place), "[]", None, _cost((values, place)))


# -- logic ------------------------------------------------------------------------------------------------------


def _logic(node: Node, scope: Scope) -> Typed:
    parts = tuple(_bool(part, scope, node.word) for part in node.parts)
    return Typed(node.kind, "bool", node, parts, node.word, None, _cost(parts))


def _bool(node: Node, scope: Scope, sign: str) -> Typed:
    part = check(node, scope)
    if part.type != "bool":
        text = f"'{sign}' needs a bool here, not {with_article(part.type)}"
        raise ClauseError("type-mismatch", text, node.start, "compare it with something")
    return part


def _choice(node: Node, scope: Scope) -> Typed:
    asked, one, other = node.parts
    parts = (_bool(asked, scope, "?"), check(one, scope), check(other, scope))
    if parts[1].type != parts[2].type:
        text = f"'?' gives {with_article(parts[1].type)} or {with_article(parts[2].type)}, which must be of one type"
        raise ClauseError("type-mismatch", text, other.start, cure_of_types(*parts[1:]))
    return Typed("choice", parts[1].type, node, parts, "?", None, _cost(parts))


# -- comparison and arithmetic ----------------------------------------------------------------------------------


def _compare(node: Node, scope: Scope) -> Typed:
    left, right = (check(part, scope) for part in node.parts)
    if left.type != right.type:
        text = f"'{node.word}' cannot compare {with_article(left.type)} with {with_article(right.type)}"
        raise ClauseError("type-mismatch", text, node.at, cure_of_types(left, right))
    if node.word in ("==", "!="):
        _possible(left, (right,))
        _possible(right, (left,))
    elif left.type not in ORDERED:
        hint = "write it or its opposite" if left.type == "bool" else ""
        raise ClauseError("type-mismatch", f"'{node.word}' cannot order {with_article(left.type)}", node.at, hint)
    cost = _cost((left, right)) + length(left) - 1
    return Typed("compare", "bool", node, (left, right), node.word, None, cost)


def _member(node: Node, scope: Scope) -> Typed:
    left, right = (check(part, scope) for part in node.parts)
    inner = elements(right.type)
    if not inner:
        hint = "write text.contains(part)" if right.type == "string" else "write a list like ['one', 'other']"
        text = f"'in' needs a list here, not {with_article(right.type)}"
        raise ClauseError("type-mismatch", text, right.node.start, hint)
    if left.type != inner:
        at, sample = _stranger(left, right)
        text = f"'in' needs {with_article(left.type)} here, not {with_article(inner)}"
        raise ClauseError("type-mismatch", text, at, cure_of_types(left, sample))
    _possible(left, right.parts)
    for each in (right, *right.parts):
        _possible(each, (left,))
    cost = _cost((left, right)) + length(right) - 1
    return Typed("member", "bool", node, (left, right), "in", None, cost)


def _stranger(left: Typed, right: Typed) -> tuple[int, Typed]:
    """Return where the first value stands that is not of the type of *left*, and the value."""
    sample = next((part for part in right.parts if part.type != left.type), right)
    return sample.node.start, sample


def _possible(left: Typed, others: Iterable[Typed]) -> None:
    """Refuse to compare *left* with a value it can never have."""
    values = left.value.values if isinstance(left.value, Fact) else ()
    bounds = left.value.bounds if isinstance(left.value, Signature) else None
    for other in others:
        if other.kind != "constant" or elements(other.type):
            continue
        if values and other.value not in values:
            text = f"{other.value!r} is not a value of {left.word}"
            raise ClauseError("unknown-value", text, other.node.start, nearest(str(other.value), values))
        if bounds and isinstance(other.value, int) and not bounds[0] <= other.value <= bounds[1]:
            text = f"{left.word} is never {other.value}"
            raise ClauseError("unknown-value", text, other.node.start, f"it counts from {bounds[0]} to {bounds[1]}")


def _negative(node: Node, scope: Scope) -> Typed:
    inner = node.parts[0]
    if inner.kind == "int" and inner.start == inner.at:
        return _number(node, -int(inner.word))
    part = check(inner, scope)
    if part.type not in ("int", "float"):
        raise ClauseError("type-mismatch", f"'-' cannot negate {with_article(part.type)}", node.start)
    return Typed("negative", part.type, node, (part,), "-", None, _cost((part,)))


def _arithmetic(node: Node, scope: Scope) -> Typed:
    left, right = (check(part, scope) for part in node.parts)
    kind = RESULTS.get((left.type, node.word, right.type))
    if kind is None:
        text = f"'{node.word}' does not work on {with_article(left.type)} and {with_article(right.type)}"
        raise ClauseError("type-mismatch", text, node.at, cure_of_sum(left, right))
    return Typed("arithmetic", kind, node, (left, right), node.word, None, _cost((left, right)))


def _cost(parts: Iterable[Typed]) -> int:
    return 1 + sum(part.cost for part in parts)


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


_CHECKS: Mapping[str, Callable[[Node, Scope], Typed]] = {
    "truth": _truth,
    "int": _int,
    "float": _float,
    "string": _string,
    "name": _name,
    "list": _list,
    "index": _index,
    "not": _logic,
    "and": _logic,
    "or": _logic,
    "choice": _choice,
    "compare": _compare,
    "member": _member,
    "negative": _negative,
    "arithmetic": _arithmetic,
}
"""One check for each kind of node that is no call."""
