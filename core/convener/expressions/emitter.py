"""From a typed clause to the syntax tree of a Python expression that reckons with unknown as None.

Nothing a person wrote becomes Python text: names are made up here, and values are constants of the tree or of the
namespace. Each part is evaluated at most once; `:=` keeps what is looked at twice.
"""

import ast
from collections.abc import Callable, Mapping, Sequence

from convener.expressions.arithmetic import INT_MAX, INT_MIN, work_of
from convener.expressions.functions import Signature
from convener.expressions.lists import differ, holds, item, listed, same
from convener.expressions.moments import in_utc
from convener.expressions.nodes import Typed
from convener.expressions.scope import elements

FACTS = "f"
"""The name under which an expression finds the facts."""
NONE = ast.Constant(None)
_COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_SIGNS: Mapping[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
_PLAIN = frozenset({"bool", "int", "float", "string"})
_AT_ONCE = 4
"""Operands of `&&` and `||` that are nested one in the other; more are halved first, so that trees stay shallow."""

Build = Callable[[list[ast.expr]], ast.expr]
"""Makes an expression of operands that are known."""


class Emitter:
    """Makes the expressions of one function."""

    def __init__(self) -> None:
        self.namespace: dict[str, object] = {}
        """What the expressions refer to by name: constants and work."""
        self._variables: dict[str, str] = {}
        self._count = 0
        self._emits: Mapping[str, Callable[[Typed], ast.expr]] = {
            "constant": self._constant,
            "fact": self._fact,
            "has": self._has,
            "variable": self._variable,
            "list": self._list,
            "not": self._not,
            "and": self._and,
            "or": self._or,
            "choice": self._choice,
            "compare": self._compare,
            "member": self._member,
            "negative": self._negative,
            "arithmetic": self._arithmetic,
            "index": self._index,
            "call": self._call,
            "macro": self._macro,
        }

    def expression(self, part: Typed) -> ast.expr:
        """Return what gives the value of *part*, None for unknown."""
        return self._emits[part.kind](part)

    # -- names ------------------------------------------------------------------------------------------------

    def _fresh(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _named(self, value: object) -> ast.expr:
        name = self._fresh("k")
        self.namespace[name] = value
        return _load(name)

    def _known(self, parts: Sequence[Typed], build: Build) -> ast.expr:
        """Return what builds a value of *parts* when all of them are known, and is None otherwise."""
        tests: list[ast.expr] = []
        values: list[ast.expr] = []
        for part in parts:
            made = self.expression(part)
            if _is_sure(part):
                values.append(made)
                continue
            name = self._fresh("t")
            tests.append(_is_none(ast.NamedExpr(_store(name), made)))
            values.append(_load(name))
        if not tests:
            return build(values)
        test = tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)
        return ast.IfExp(test, NONE, build(values))

    # -- atoms ------------------------------------------------------------------------------------------------

    def _constant(self, part: Typed) -> ast.expr:
        inner = elements(part.type)
        if part.type in _PLAIN or inner in _PLAIN:
            return ast.Constant(part.value)  # type: ignore[arg-type]  # a tuple of them is one too
        return self._named(part.value)

    def _fact(self, part: Typed) -> ast.expr:
        found = ast.Subscript(_load(FACTS), ast.Constant(part.word), ast.Load())
        if part.type == "timestamp":
            return _call(self._named(in_utc), found)
        return _call(self._named(listed), found) if elements(part.type) else found

    def _has(self, part: Typed) -> ast.expr:
        found = ast.Subscript(_load(FACTS), ast.Constant(part.word), ast.Load())
        return ast.Compare(found, [ast.IsNot()], [NONE])

    def _variable(self, part: Typed) -> ast.expr:
        return _load(self._variables[part.word])

    def _list(self, part: Typed) -> ast.expr:
        return self._known(part.parts, lambda values: ast.Tuple(values, ast.Load()))

    # -- logic ------------------------------------------------------------------------------------------------

    def _not(self, part: Typed) -> ast.expr:
        return self._known(part.parts, lambda values: ast.UnaryOp(ast.Not(), values[0]))

    def _and(self, part: Typed) -> ast.expr:
        return self._chain([self.expression(each) for each in part.parts], self._both)

    def _or(self, part: Typed) -> ast.expr:
        return self._chain([self.expression(each) for each in part.parts], self._either)

    def _chain(self, parts: list[ast.expr], join: Callable[[ast.expr, ast.expr], ast.expr]) -> ast.expr:
        if len(parts) == 1:
            return parts[0]
        cut = 1 if len(parts) <= _AT_ONCE else len(parts) // 2
        return join(self._chain(parts[:cut], join), self._chain(parts[cut:], join))

    def _both(self, left: ast.expr, right: ast.expr) -> ast.expr:
        """Return `False if (t := left) is False else right and t`: a false side settles it, else unknown does."""
        name = self._fresh("t")
        test = ast.Compare(ast.NamedExpr(_store(name), left), [ast.Is()], [ast.Constant(value=False)])
        return ast.IfExp(test, ast.Constant(value=False), ast.BoolOp(ast.And(), [right, _load(name)]))

    def _either(self, left: ast.expr, right: ast.expr) -> ast.expr:
        """Return `True if (t := left) is True else t if (u := right) is False else u`."""
        one, two = self._fresh("t"), self._fresh("t")
        settled = ast.Compare(ast.NamedExpr(_store(one), left), [ast.Is()], [ast.Constant(value=True)])
        fails = ast.Compare(ast.NamedExpr(_store(two), right), [ast.Is()], [ast.Constant(value=False)])
        return ast.IfExp(settled, ast.Constant(value=True), ast.IfExp(fails, _load(one), _load(two)))

    def _choice(self, part: Typed) -> ast.expr:
        asked, one, other = (self.expression(each) for each in part.parts)
        name = self._fresh("t")
        test = ast.NamedExpr(_store(name), asked)
        return ast.IfExp(test, one, ast.IfExp(_is_none(_load(name)), NONE, other))

    # -- comparison and arithmetic ----------------------------------------------------------------------------

    def _compare(self, part: Typed) -> ast.expr:
        if elements(part.parts[0].type) == "float":
            work = self._named(same if part.word == "==" else differ)
            return self._known(part.parts, lambda values: _call(work, *values))
        sign = _COMPARISONS[part.word]()
        return self._known(part.parts, lambda values: ast.Compare(values[0], [sign], [values[1]]))

    def _member(self, part: Typed) -> ast.expr:
        if part.parts[0].type == "float":
            work = self._named(holds)
            return self._known(part.parts, lambda values: _call(work, *values))
        return self._known(part.parts, lambda values: ast.Compare(values[0], [ast.In()], [values[1]]))

    def _negative(self, part: Typed) -> ast.expr:
        def build(values: list[ast.expr]) -> ast.expr:
            negated = ast.UnaryOp(ast.USub(), values[0])
            if part.type == "float":
                return negated
            least = ast.Compare(values[0], [ast.Eq()], [ast.Constant(INT_MIN)])
            return ast.IfExp(least, NONE, negated)

        return self._known(part.parts, build)

    def _arithmetic(self, part: Typed) -> ast.expr:
        sign = _SIGNS.get(part.word)
        if sign is None or part.type not in ("int", "float"):
            work = self._named(work_of(part.word, part.type))
            return self._known(part.parts, lambda values: _call(work, *values))

        def build(values: Sequence[ast.expr]) -> ast.expr:
            return ast.BinOp(values[0], sign(), values[1])

        return self._known(part.parts, build if part.type == "float" else lambda values: self._fitting(build(values)))

    def _fitting(self, number: ast.expr) -> ast.expr:
        """Return `t if INT_MIN <= (t := number) <= INT_MAX else None`."""
        name = self._fresh("t")
        limits: list[ast.expr] = [ast.NamedExpr(_store(name), number), ast.Constant(INT_MAX)]
        test = ast.Compare(ast.Constant(INT_MIN), [ast.LtE(), ast.LtE()], limits)
        return ast.IfExp(test, _load(name), NONE)

    # -- lists and calls --------------------------------------------------------------------------------------

    def _index(self, part: Typed) -> ast.expr:
        work = self._named(item)
        return self._known(part.parts, lambda values: _call(work, *values))

    def _call(self, part: Typed) -> ast.expr:
        work = self._named(part.value.work if isinstance(part.value, Signature) else None)
        return self._known(part.parts, lambda values: _call(work, *values))

    def _macro(self, part: Typed) -> ast.expr:
        values, asked = part.parts
        work = self._named(part.value.work if isinstance(part.value, Signature) else None)
        name = self._variables[part.word] = self._fresh("v")
        given = ast.arguments(posonlyargs=[], args=[ast.arg(name)], kwonlyargs=[], kw_defaults=[], defaults=[])
        condition = ast.Lambda(given, self.expression(asked))
        return self._known((values,), lambda known: _call(work, known[0], condition))


def _is_sure(part: Typed) -> bool:
    """Tell whether *part* can never be unknown."""
    if part.kind in ("list", "not", "and", "or", "choice", "compare", "member"):
        return all(_is_sure(each) for each in part.parts)
    return part.kind in ("constant", "has", "variable")


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _store(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _is_none(value: ast.expr) -> ast.expr:
    return ast.Compare(value, [ast.Is()], [NONE])


def _call(work: ast.expr, *values: ast.expr) -> ast.expr:
    return ast.Call(work, list(values), [])
