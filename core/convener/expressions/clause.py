"""Clauses: compiled once, evaluated often, never half-true.

A value that is missing, and arithmetic that has no answer, is *unknown*: a third value beside true and
false that only `&&` with a false side and `||` with a true side can settle.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from convener.errors import InvalidError, Place, Problem
from convener.expressions.catalogue import CATALOGUE, Fact
from convener.expressions.compiler import ClauseError, Typed, translate
from convener.expressions.grammar import parse

LONGEST = 2_000
"""Characters a clause may have; keeps nesting, and with it the stack, small."""


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
    test: Callable[[Mapping[str, object]], object] = field(repr=False, compare=False)
    """The bare closure: True, False or None, without a trace."""

    def evaluate(self, facts: Mapping[str, object]) -> Verdict:
        """Evaluate against *facts* by name; one that is absent or None is unknown."""
        value = self.test(facts)
        return Verdict(
            value=value if isinstance(value, bool) else None,
            facts={name: facts.get(name) for name in sorted(self.names)},
        )


def compile_clause(source: str, place: Place, catalogue: Mapping[str, Fact] = CATALOGUE) -> Compiled:
    """Check and compile *source*, written as a string that opens at *place*.

    Raise InvalidError with the place inside the clause: `bad-clause` for what is not the language,
    `unknown-fact` with the nearest name, `type-mismatch` for operands that do not belong together.
    """
    try:
        typed = _checked(source, catalogue)
    except UnexpectedInput as error:
        raise InvalidError((_syntax_problem(source, place, error),)) from None
    except RecursionError:
        raise InvalidError((_problem(place, source, ClauseError("bad-clause", "is nested too deeply", 0)),)) from None
    except ClauseError as error:
        raise InvalidError((_problem(place, source, error),)) from None
    return Compiled(source=source, place=place, names=typed.names, test=typed.run)


def _checked(source: str, catalogue: Mapping[str, Fact]) -> Typed:
    if len(source) > LONGEST:
        raise ClauseError("bad-clause", f"is longer than {LONGEST} characters", 0, "split it into several clauses")
    typed = translate(parse(source), catalogue)
    if typed.type != "bool":
        raise ClauseError("type-mismatch", f"is a {typed.type}, not true or false", 0, "compare it with something")
    return typed


def _syntax_problem(source: str, place: Place, error: UnexpectedInput) -> Problem:
    offset = error.pos_in_stream if error.pos_in_stream is not None else len(source)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        text, offset = "ends too early", len(source)
    elif isinstance(error, UnexpectedCharacters | UnexpectedToken):
        text = f"does not go on with {source[offset : offset + 12]!r}"
    else:
        text = "cannot be read"
    hint = 'a clause looks like "session.number > 1 && !attendance.excused"'
    return _problem(place, source, ClauseError("bad-clause", text, offset, hint))


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
