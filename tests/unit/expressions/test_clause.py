"""Clauses as a whole."""

import pytest

from convener.errors import InvalidError, Place
from convener.expressions import Verdict, compile_clause

PLACE = Place("acme.toml", 3, 10)


def test_a_verdict_shows_the_facts_it_rests_on() -> None:
    """P16: a clause comes with its value and the facts behind it."""
    clause = compile_clause("session.number > 1 && !attendance.excused", PLACE)

    verdict = clause.evaluate({"session.number": 2, "attendance.excused": None})

    assert Verdict(value=None, facts={"attendance.excused": None, "session.number": 2}) == verdict


@pytest.mark.parametrize(
    ("source", "code", "line", "column", "hint"),
    [
        ("participant.activ", "unknown-fact", 3, 11, "did you mean 'participant.active'?"),
        ("true && session.nmber == 1", "unknown-fact", 3, 19, "did you mean 'session.number'?"),
        ("true &&\n  session.number", "type-mismatch", 4, 3, "compare it with something"),
        ("session.number >", "bad-clause", 3, 27, "a clause looks like"),
        ("session.number", "type-mismatch", 3, 11, "compare it with something"),
        ("true " + "&& true " * 400, "bad-clause", 3, 11, "split it"),
    ],
)
def test_problems_name_place_and_cure(source: str, code: str, line: int, column: int, hint: str) -> None:
    """R29: line and column lie inside the clause, and the nearest name is given."""
    with pytest.raises(InvalidError) as caught:
        compile_clause(source, PLACE)

    (problem,) = caught.value.problems
    assert (code, Place("acme.toml", line, column)) == (problem.code, problem.place)
    assert hint in problem.hint


def test_deep_nesting_neither_hangs_nor_crashes() -> None:
    """A hostile clause is compiled or refused."""
    source = "(" * 900 + "true" + ")" * 900

    assert compile_clause(source, PLACE).evaluate({}).value is True


def test_endless_negation_is_refused() -> None:
    """A clause that would exhaust the stack is refused when it is compiled, not when it runs."""
    with pytest.raises(InvalidError) as caught:
        compile_clause("!" * 1900 + "true", PLACE)

    assert "bad-clause" == caught.value.problems[0].code
