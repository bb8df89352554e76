"""Calls of functions and macros: which signature is meant, and whether what it is given fits."""

from collections.abc import Sequence

from convener.documents import nearest
from convener.expressions.advice import ClauseError, cure_of_function, unknown_fact, with_article
from convener.expressions.budgets import LONGEST_LIST
from convener.expressions.functions import FUNCTIONS, METHODS, Function, Signature
from convener.expressions.moments import LiteralError, check_zone, zone_names
from convener.expressions.nodes import Node, Typed
from convener.expressions.scope import Check, Scope, elements
from convener.model.facts import WORDS_OF_CEL

MACROS = frozenset({"all", "exists", "exists_one"})


def check_call(node: Node, scope: Scope, check: Check) -> Typed:
    """Return the typed call of `name(…)`."""
    function = _function(node)
    if node.word == "has":
        return _has(node, scope)
    if not any(not each.receiver for each in function.signatures):
        raise ClauseError("bad-clause", f"{node.word} stands behind a point", node.at, _usage(function))
    return _call(node, "", tuple(check(part, scope) for part in node.parts))


def check_method(node: Node, scope: Scope, check: Check) -> Typed:
    """Return the typed call of `receiver.name(…)`."""
    function = _function(node)
    if node.word not in METHODS:
        raise ClauseError("bad-clause", f"{node.word} does not stand behind a point", node.at, _usage(function))
    receiver = check(node.parts[0], scope)
    if node.word in MACROS:
        return _macro(node, receiver, scope, check)
    return _call(node, receiver.type, (receiver, *(check(part, scope) for part in node.parts[1:])))


def _function(node: Node) -> Function:
    function = FUNCTIONS.get(node.word)
    if function is None:
        hint = cure_of_function(node.word, FUNCTIONS)
        raise ClauseError("unknown-function", f"unknown function '{node.word}'", node.at, hint)
    return function


def _usage(function: Function) -> str:
    return f"write it like {' or '.join(dict.fromkeys(each.shown(function.name) for each in function.signatures))}"


def _has(node: Node, scope: Scope) -> Typed:
    subject = node.parts[0] if len(node.parts) == 1 else None
    if subject is None or subject.kind != "name" or subject.word in scope.variables:
        raise ClauseError("bad-clause", "has(…) asks about one fact", node.at, "for example has(session.topic)")
    if subject.word not in scope.facts:
        raise unknown_fact(subject.word, subject.start)
    return Typed("has", "bool", node, (), subject.word)


def _call(node: Node, receiver: str, parts: tuple[Typed, ...]) -> Typed:
    function = FUNCTIONS[node.word]
    arguments = parts[1:] if receiver else parts
    signature = _signature(function, receiver, arguments)
    if signature is None:
        given = ", ".join(part.type for part in arguments)
        before = f"{receiver}." if receiver else ""
        text = f"{before}{node.word}({given}) does not go together"
        raise ClauseError("type-mismatch", text, node.at, _usage(function))
    for wanted, part in zip(signature.parameters, arguments, strict=True):
        _literals(wanted, part)
    if signature.parameters == ("literal",):
        return Typed("constant", signature.result, node, (), "", _read(signature, parts[0]))
    cost = 1 + sum(part.cost for part in parts)
    return Typed("call", signature.result, node, parts, node.word, signature, cost)


def _signature(function: Function, receiver: str, arguments: Sequence[Typed]) -> Signature | None:
    for each in function.signatures:
        if bool(each.receiver) == bool(receiver) and len(each.parameters) == len(arguments):
            pairs = ((each.receiver, receiver), *zip(each.parameters, (part.type for part in arguments), strict=True))
            if all(_fits(wanted, given) for wanted, given in pairs):
                return each
    return None


def _fits(wanted: str, given: str) -> bool:
    if wanted in ("zone", "literal"):
        return given == "string"
    return bool(elements(given)) if wanted == "list" else wanted == given


def _literals(wanted: str, part: Typed) -> None:
    """Refuse a text that only the time of evaluation could read, and a zone that does not exist."""
    if wanted == "literal" and part.kind != "constant":
        hint = "compare with a fact that is a timestamp, or write the moment out"
        raise ClauseError("bad-clause", "only a text in quotes can be read here", part.node.start, hint)
    if wanted == "zone" and part.kind == "constant":
        try:
            check_zone(str(part.value))
        except LiteralError as error:
            hint = nearest(str(part.value), zone_names())
            raise ClauseError("unknown-zone", str(error), part.node.start, hint) from None


def _read(signature: Signature, part: Typed) -> object:
    try:
        return signature.work(part.value)
    except LiteralError as error:
        raise ClauseError("bad-value", str(error), part.node.start, error.hint) from None


def _macro(node: Node, values: Typed, scope: Scope, check: Check) -> Typed:
    function = FUNCTIONS[node.word]
    inner = elements(values.type)
    if not inner:
        text = f"'{node.word}' needs a list before the point, not {with_article(values.type)}"
        raise ClauseError("type-mismatch", text, node.at, _usage(function))
    if len(node.parts) != 3:  # noqa: PLR2004 - list, name and condition
        raise ClauseError("bad-clause", f"'{node.word}' takes a name and a condition", node.at, function.example)
    name, condition = node.parts[1:]
    if name.kind != "name" or "." in name.word or name.word in {*scope.variables, *WORDS_OF_CEL}:
        hint = f"a short word that is not in use yet, for example {function.example}"
        raise ClauseError("bad-clause", f"'{node.word}' needs a new name here", name.start, hint)
    asked = check(condition, scope.within(name.word, inner))
    if asked.type != "bool":
        text = f"'{node.word}' needs a condition here, not {with_article(asked.type)}"
        raise ClauseError("type-mismatch", text, condition.start, function.example)
    cost = 1 + values.cost + length(values) * asked.cost
    return Typed("macro", "bool", node, (values, asked), name.word, function.signatures[0], cost)


def length(values: Typed) -> int:
    """Return how many values a list can have at most; 1 for what is no list."""
    if not elements(values.type):
        return 1
    if values.kind in ("list", "constant"):
        return len(values.node.parts)
    if values.kind == "choice":
        return max(length(part) for part in values.parts[1:])
    return LONGEST_LIST
