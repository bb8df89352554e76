"""Clauses: compiled once, evaluated often, never half-true.

A value that is missing, and arithmetic that has no answer, is *unknown*: a third value beside true and
false that only `&&` with a false side and `||` with a true side can settle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lark.exceptions import UnexpectedInput

from convener.errors import InvalidError, Place, Problem
from convener.expressions.advice import ClauseError, cure_of_name, error_of_syntax, with_article
from convener.expressions.budgets import COSTLIEST, DEEPEST, LONGEST
from convener.expressions.catalogue import CATALOGUE
from convener.expressions.checker import check
from convener.expressions.compiler import Run, compiled
from convener.expressions.functions import METHODS
from convener.expressions.grammar import KEPT, parse
from convener.expressions.nodes import Node
from convener.expressions.scope import Scope
from convener.expressions.trace import Part, Tracer, parts_of, spoken
from convener.model.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a clause came to, and on what grounds."""

    value: bool | None
    """None when facts it needs are unknown."""
    facts: Mapping[str, object]
    """Every fact it speaks of, None for an unknown one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A clause ready to be evaluated."""

    source: str
    place: Place
    names: frozenset[str]
    """Facts it speaks of."""
    cost: int
    """The most steps one evaluation takes."""
    test: Run = field(repr=False, compare=False)
    """The bare closure: True, False or None, without a trace."""
    tracer: Tracer = field(repr=False, compare=False)

    def evaluate(self, facts: Mapping[str, object]) -> Verdict:
        """Evaluate against *facts* by name; one that is absent or None is unknown."""
        value = self.test(facts)
        return Verdict(
            value=value if isinstance(value, bool) else None,
            facts={name: facts.get(name) for name in self.tracer.names},
        )

    def parts(self, facts: Mapping[str, object]) -> tuple[Part, ...]:
        """Return the value of the clause and of every condition it is made of, nothing cut short.

        The clause itself comes first, each `&&`, `||`, `!` and `? :` before what it joins.
        """
        return parts_of(self.tracer, facts)


@dataclass(frozen=True, slots=True)
class _Built:
    names: frozenset[str]
    cost: int
    run: Run
    tracer: Tracer


def compile_clause(source: str, place: Place, catalogue: Mapping[str, Fact] = CATALOGUE) -> Compiled:
    """Check and compile *source*, written as a string that opens at *place*.

    Raise InvalidError with the place inside the clause: `bad-clause` for what is not the language or too much
    of it, `unknown-fact` and `unknown-function` with the nearest name, `type-mismatch` for values that do not
    belong together, `bad-value`, `unknown-value` and `unknown-zone` for texts that mean nothing.
    What was compiled before against the same facts is not compiled again.
    """
    try:
        built = _compiled(source, catalogue)
    except UnexpectedInput as error:
        raise InvalidError((_problem(place, source, error_of_syntax(source, error)),)) from None
    except ClauseError as error:
        cure = cure_of_name(error.name, catalogue, METHODS) if error.name else error.hint
        raise InvalidError((replace(_problem(place, source, error), hint=cure),)) from None
    return Compiled(source=source, place=place, names=built.names, cost=built.cost, test=built.run, tracer=built.tracer)


def _compiled(source: str, catalogue: Mapping[str, Fact]) -> _Built:
    if len(source) > LONGEST:
        raise ClauseError("bad-clause", f"is longer than {LONGEST} characters", 0, "split it into several clauses")
    names = _names(source)
    return _built(source, names, tuple(map(catalogue.get, names)))


@lru_cache(maxsize=KEPT)
def _names(source: str) -> tuple[str, ...]:
    return tuple(sorted({node.word for node in _walk(parse(source)) if node.kind == "name"}))


@lru_cache(maxsize=KEPT)
def _built(source: str, names: tuple[str, ...], facts: tuple[Fact | None, ...]) -> _Built:
    """Compile *source*, whose names mean *facts*; catalogues that agree on these share what comes of it."""
    tree = parse(source)
    if tree.depth > DEEPEST:
        hint = "split it into several clauses"
        raise ClauseError("bad-clause", f"is nested deeper than {DEEPEST} levels", 0, hint)
    known = {name: fact for name, fact in zip(names, facts, strict=True) if fact is not None}
    typed = check(tree, Scope(known))
    if typed.type != "bool":
        text = f"is {with_article(typed.type)}, not true or false"
        raise ClauseError("type-mismatch", text, 0, "compare it with something")
    if typed.cost > COSTLIEST:
        text = f"may take {typed.cost} steps, more than {COSTLIEST}"
        raise ClauseError("bad-clause", text, 0, "shorten its lists, or ask less of each value")
    used = frozenset(spoken(typed))
    return _Built(used, typed.cost, compiled(typed, used), Tracer(source, typed, tuple(sorted(used))))


def _walk(node: Node) -> Iterator[Node]:
    """Yield *node* and all below it; without recursion, because its depth is not known to be small yet."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.parts)


def _problem(place: Place, source: str, error: ClauseError) -> Problem:
    return Problem(
        code=error.code,
        message=f"clause {source[:80]!r}: {error.text}" if error.code == "bad-clause" else error.text,
        place=_inside(place, source, error.offset),
        hint=error.hint,
    )


def _inside(place: Place, source: str, offset: int) -> Place:
    """Return the place of the character at *offset* of a string whose opening quote stands at *place*."""
    before = source[:offset]
    lines = before.count("\n")
    column = offset - before.rfind("\n") if lines else place.column + 1 + offset
    return Place(place.file, place.line + lines, column)
