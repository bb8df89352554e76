"""From a typed clause to a closure: one code object, made of a syntax tree and never of text."""

import ast
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, FunctionType

from convener.expressions.emitter import FACTS, Emitter
from convener.expressions.nodes import Typed

Facts = Mapping[str, object]
Run = Callable[[Facts], bool | None]
"""A compiled condition: facts in, True, False or None for unknown out."""
RunAll = Callable[[Facts], tuple[bool | None, ...]]
"""Several compiled conditions: facts in, the value of each out."""


def compiled(part: Typed, names: frozenset[str]) -> Run:
    """Return what evaluates *part*, a condition that speaks of the facts *names*."""
    emitter = Emitter()
    run: Run = _function(emitter.expression(part), emitter, names)
    return run


def compiled_all(parts: Sequence[Typed], names: frozenset[str]) -> RunAll:
    """Return what evaluates every one of *parts* on its own."""
    emitter = Emitter()
    values = ast.Tuple([emitter.expression(part) for part in parts], ast.Load())
    run: RunAll = _function(values, emitter, names)
    return run


def _function(result: ast.expr, emitter: Emitter, names: frozenset[str]) -> FunctionType:
    """Return the function of *result*.

    It looks facts up by subscript, which is quickest; when one is absent it begins again with all of them there.
    """
    again = ast.Call(ast.Name("again", ast.Load()), [ast.Name(FACTS, ast.Load())], [])
    absent = ast.ExceptHandler(ast.Name("KeyError", ast.Load()), None, [ast.Return(again)])
    body = ast.Try([ast.Return(result)], [absent], [], [])
    given = ast.arguments(posonlyargs=[], args=[ast.arg(FACTS)], kwonlyargs=[], kw_defaults=[], defaults=[])
    define = ast.FunctionDef("clause", given, [body], [], None, None)
    define.type_params = []  # type: ignore[attr-defined]  # asked for from Python 3.12 on
    module = ast.fix_missing_locations(ast.Module([define], []))
    code = compile(module, "<clause>", "exec", dont_inherit=True)
    inner = next(each for each in code.co_consts if isinstance(each, CodeType))

    def completed(facts: Facts) -> object:
        return run({name: facts.get(name) for name in names})

    run = FunctionType(inner, {**emitter.namespace, "again": completed, "KeyError": KeyError, "__builtins__": {}})
    return run
