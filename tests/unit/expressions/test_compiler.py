"""Closures of clauses."""

import math
from collections.abc import Mapping
from typing import Any

import pytest

from convener.expressions.checker import check
from convener.expressions.compiler import compiled, compiled_all
from convener.expressions.grammar import parse
from convener.expressions.nodes import Typed
from convener.expressions.scope import Scope
from convener.expressions.trace import spoken

FACTS: Mapping[str, object] = {
    "session.number": 4,
    "attendance.rate": 0.5,
    "session.topic": "Access",
    "pod.tags": ["a"],
}


def typed(clauses: Any, source: str) -> Typed:
    """Check *source*."""
    return check(parse(source), Scope(clauses.catalogue))


def value_of(clauses: Any, source: str) -> object:
    """Evaluate *source* with a few facts known."""
    part = typed(clauses, source)
    return compiled(part, frozenset(spoken(part)))(FACTS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-7 / 2", -3),
        ("-7 % 2", -1),
        ("7 % -2", 1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 3 - 2", 5),
        ("1.5 * 2.0", 3.0),
        ("1.0 / 0.0", math.inf),
        ("1 / 0", None),
        ("9223372036854775807 + 1", None),
        ("-session.number", -4),
        ("'a' + \"b\\n\"", "ab\n"),
        ("session.number % 2 == 0", True),
        ("session.number in [1, 4]", True),
        ("session.number in [1, 2]", False),
        ("attendance.rate < 0.7", True),
        ("session.topic != 'Access'", False),
        ("has(session.topic) && !has(poll.id)", True),
        ("session.number > 3 ? 'late' : 'early'", "late"),
        ("[1, 2, session.number][2]", 4),
        ("pod.tags[1]", None),
        ("pod.tags", ("a",)),
        ("[0.0 / 0.0] == [0.0 / 0.0]", False),
        ("(0.0 / 0.0) in [0.0 / 0.0]", False),
        ("['a', 'b'].all(x, x in ['a', 'b'])", True),
        ("[1, 2].exists(x, [2, 3].exists(y, x == y))", True),
    ],
)
def test_values_are_those_of_cel(clauses: Any, source: str, expected: object) -> None:
    """R28: division goes towards zero, 64-bit overflow and division by zero have no value."""
    assert expected == value_of(clauses, source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("poll.open && false", False),
        ("false && poll.open", False),
        ("poll.open && true", None),
        ("poll.open || true", True),
        ("poll.open || false", None),
        ("!poll.open", None),
        ("poll.days_open >= 3", None),
        ("poll.id in ['x']", None),
        ("'x' in ['x', poll.id]", None),
        ("poll.days_open + 1 == 2", None),
        ("poll.open ? true : true", None),
        ("true ? true : poll.open", True),
        ("false ? poll.open : false", False),
        ("poll.id.contains('')", None),
        ("['x'].exists(x, x == poll.id)", None),
        ("['x'].exists(x, x == poll.id || true)", True),
        ("['x', 'y'].all(x, x == poll.id && x == 'y')", False),
        ("['x', 'y'].all(x, x == poll.id || x == 'y')", None),
        ("1 / 0 == 1 || true", True),
        ("1 / 0 == 1 && false", False),
    ],
)
def test_unknown_is_a_third_value(clauses: Any, source: str, expected: object) -> None:
    """P16: missing data is neither true nor false; only the other side can settle it."""
    assert expected is value_of(clauses, source)


def test_long_chains_give_what_short_ones_give(clauses: Any) -> None:
    """However many operands, one that settles it does, and one that is unknown leaves it open."""
    for size in range(2, 12):
        for place in range(size):
            both, either = ["true"] * size, ["false"] * size
            both[place] = either[place] = "poll.open"

            assert [None, None] == [value_of(clauses, sign.join(one)) for sign, one in (("&&", both), ("||", either))]

            both[size - 1 - place] = "false"
            either[size - 1 - place] = "true"

            assert [False, True] == [value_of(clauses, sign.join(one)) for sign, one in (("&&", both), ("||", either))]


def test_a_closure_can_reach_nothing_else(clauses: Any) -> None:
    """A clause has no builtins, no imports, and no name a person wrote."""
    part = typed(clauses, "session.topic.contains('__import__') && session.number == 4")
    run: Any = compiled(part, frozenset(spoken(part)))

    assert {} == run.__globals__["__builtins__"]
    assert {"again", "KeyError", "__builtins__", "k1"} == set(run.__globals__)
    assert {"f", "t2", "t3", "t4"} == set(run.__code__.co_varnames)


def test_several_parts_are_evaluated_at_once(clauses: Any) -> None:
    """What `explain` shows comes from one call."""
    parts = [typed(clauses, source) for source in ("session.number > 1", "poll.open", "attendance.rate > 0.9")]

    run = compiled_all(parts, frozenset({"session.number", "poll.open", "attendance.rate"}))

    assert (True, None, False) == run(FACTS)
