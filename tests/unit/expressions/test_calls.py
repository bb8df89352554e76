"""Calls of functions and macros."""

from typing import Any

import pytest

from convener.expressions.calls import length
from convener.expressions.checker import check
from convener.expressions.grammar import parse
from convener.expressions.scope import Scope


@pytest.mark.parametrize(
    ("source", "code", "column", "hint"),
    [
        ("session.topic.contain('a')", "unknown-function", 15, "did you mean 'contains'?"),
        ("session.topic.matches('a.*')", "unknown-function", 15, "a regular expression can run for ever"),
        ("matches(session.topic, 'a.*')", "unknown-function", 1, "a regular expression can run for ever"),
        ("contains(session.topic, 'a')", "bad-clause", 1, "string.contains(string) -> bool"),
        ("session.topic.duration() == pod.travel", "bad-clause", 15, "duration(literal) -> duration"),
        ("session.number.contains('a')", "type-mismatch", 16, "string.contains(string) -> bool"),
        ("session.topic.contains(1)", "type-mismatch", 15, "string.contains(string) -> bool"),
        ("session.topic.contains('a', 'b')", "type-mismatch", 15, "string.contains(string) -> bool"),
        ("size(1) == 1", "type-mismatch", 1, "size(string) -> int or size(list) -> int"),
        ("string(attendance.rate) == '1'", "type-mismatch", 1, "string(string) -> string or string(int)"),
        ("int(true) == 1", "type-mismatch", 1, "int(float) -> int"),
        ("timestamp(session.topic) < session.starts", "bad-clause", 11, "write the moment out"),
        ("timestamp('2027-02-30T00:00:00Z') < session.starts", "bad-value", 11, "write it like timestamp("),
        ("pod.travel < duration('2 days')", "bad-value", 23, "write duration('48h')"),
        ("session.starts.getHours('Europe/Lodnon') > 1", "unknown-zone", 25, "did you mean 'Europe/London'?"),
        ("session.starts.getHours(1) > 1", "type-mismatch", 16, "timestamp.getHours(zone) -> int"),
        ("session.starts.getMonth() == 12", "unknown-value", 30, "it counts from 0 to 11"),
        ("7 in [session.starts.getDayOfWeek()]", "unknown-value", 1, "it counts from 0 to 6"),
        ("has(session.tpoic)", "unknown-fact", 5, "did you mean 'session.topic'?"),
        ("has('a')", "bad-clause", 1, "for example has(session.topic)"),
        ("has(session.topic, session.number)", "bad-clause", 1, "for example has(session.topic)"),
        ("pod.tags.all(x, has(x))", "bad-clause", 17, "for example has(session.topic)"),
        ("session.topic.all(x, true)", "type-mismatch", 15, "list.all(name, condition) -> bool"),
        ("pod.tags.all(x)", "bad-clause", 10, "['acme/lead/north'"),
        ("pod.tags.all('x', true)", "bad-clause", 14, "a short word that is not in use yet"),
        ("pod.tags.all(package, true)", "bad-clause", 14, "a short word that is not in use yet"),
        ("pod.tags.all(x, pod.tags.all(x, true))", "bad-clause", 30, "a short word that is not in use yet"),
        ("pod.tags.all(x, x)", "type-mismatch", 17, "['acme/lead/north'"),
        ("pod.tags.all(x, x.y == 1)", "type-mismatch", 17, ""),
        ("pod.tags.all(x, true) && x == 'a'", "unknown-fact", 26, ""),
    ],
)
def test_a_call_that_does_not_fit_is_told_with_how_it_is_written(
    clauses: Any, source: str, code: str, column: int, hint: str
) -> None:
    """R29: every wrong name and argument has its place and its cure, before anything runs."""
    told = clauses.told(source)

    assert (code, column) == told[:2]
    assert hint in told[2]


def test_a_function_of_two_signatures_is_chosen_by_type(clauses: Any) -> None:
    """`getHours` reads the hour of a moment, and all hours of a duration."""
    source = "(session.ends - session.starts).getHours() == 3 && duration('50h').getHours() == 50"

    assert "type-mismatch" == clauses.told(source.replace("3", "'3'"))[0]
    assert clauses.compile(source).names == {"session.starts", "session.ends"}


def test_a_zone_may_be_a_fact(clauses: Any) -> None:
    """P6: the hour on the recipient's own wall clock."""
    clause = clauses.compile("session.starts.getHours(participant.zone) >= 9")

    assert frozenset({"session.starts", "participant.zone"}) == clause.names


@pytest.mark.parametrize(
    ("source", "expected"),
    [("[1, 2]", 2), ("pod.tags", 256), ("poll.open ? ['a'] : ['a', 'b', 'c']", 3), ("session.number", 1), ("'abc'", 1)],
)
def test_a_list_is_as_long_as_it_may_be(clauses: Any, source: str, expected: int) -> None:
    """What a macro may have to do is known when it is compiled."""
    assert expected == length(check(parse(source), Scope(clauses.catalogue)))
