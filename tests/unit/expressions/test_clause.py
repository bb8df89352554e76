"""Clauses as a whole."""

from dataclasses import replace

import pytest

from convener.errors import InvalidError, Place
from convener.expressions import CATALOGUE, Verdict, compile_clause

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


def test_a_clause_compiled_before_is_not_compiled_again() -> None:
    """A pack's clauses are the same for every client; only their places differ."""
    one = compile_clause("session.number > 1", PLACE)
    other = compile_clause("session.number > 1", Place("beta.toml"), dict(CATALOGUE))

    assert one.test is other.test
    assert Place("beta.toml") == other.place


def test_a_clause_means_what_its_own_catalogue_says() -> None:
    """What was compiled for one client is never taken for another whose fact of that name is another one."""
    as_text = {**CATALOGUE, "session.number": replace(CATALOGUE["session.number"], type="string")}

    assert compile_clause("session.number == 1", PLACE).test({"session.number": 1}) is True
    assert compile_clause("session.number == '1'", PLACE, as_text).test({"session.number": "1"}) is True
    with pytest.raises(InvalidError):
        compile_clause("session.number == 1", PLACE, as_text)


def test_a_fact_that_is_absent_is_unknown() -> None:
    """P16: nothing is taken for false because nobody asked for it."""
    clause = compile_clause("participant.active && session.number > 1 || has(poll.id)", PLACE)

    assert [None, None, True] == [
        clause.test({}),
        clause.test({"participant.active": True}),
        clause.test({"participant.active": True, "session.number": 2}),
    ]


def test_clauses_are_values() -> None:
    """Two clauses of one source at one place are equal, and say what they are."""
    clause = compile_clause("has(poll.id)", PLACE)

    assert compile_clause("has(poll.id)", PLACE) == clause
    assert "has(poll.id)" in repr(clause)
