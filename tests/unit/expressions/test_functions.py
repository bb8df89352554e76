"""The functions of the language."""

from typing import Any

import pytest

from convener.expressions import CATALOGUE, FUNCTIONS, compile_clause
from convener.expressions.functions import METHODS, Signature


def test_every_function_has_an_example_that_calls_it(clauses: Any) -> None:
    """R28: what the reference shows can be written."""
    for name, function in FUNCTIONS.items():
        assert name == function.name
        assert f"{name}(" in function.example
        assert compile_clause(function.example, clauses.place, CATALOGUE).names
        assert function.meaning


def test_a_signature_reads_like_a_call() -> None:
    """Receiver, name, parameters and result."""
    method = Signature(receiver="string", parameters=("string",), result="bool", work=str.startswith)

    assert "string.startsWith(string) -> bool" == method.shown("startsWith")
    assert "size(list) -> int" == Signature(parameters=("list",), result="int", work=len).shown("size")


def test_some_functions_stand_behind_a_point() -> None:
    """And some may stand either way."""
    assert {"contains", "size", "all", "getHours"} <= METHODS
    assert {"has", "timestamp", "int"}.isdisjoint(METHODS)


@pytest.mark.parametrize(
    ("source", "topic", "expected"),
    [
        ("session.topic.contains('cc')", "Access", True),
        ("session.topic.contains('ACC')", "Access", False),
        ("session.topic.startsWith('Acc')", "Access", True),
        ("session.topic.endsWith('ess')", "Access", True),
        ("session.topic.lowerAscii() == 'É access'", "É ACCESS", True),
        ("session.topic.size() == 2", "é😀", True),
        ("size(session.topic) == 0", "", True),
        ("int(session.topic) == -7", " -7\n", True),
        ("int(session.topic) == 7", "+0000000000000000000000000007", True),
        ("int(session.topic) == 7", "7.0", None),
        ("int(session.topic) == 7", "", None),
        ("int(session.topic) == 7", "\u0667", None),
        ("int(session.topic) > 0", "9223372036854775807", True),
        ("int(session.topic) > 0", "9223372036854775808", None),
        ("int(session.topic) > 0", "9" * 5_000, None),
        ("string(7) + string(true) + string(session.topic) == '7truex'", "x", True),
    ],
)
def test_texts(clauses: Any, source: str, topic: str, expected: bool | None) -> None:
    """R28: letters are counted, not bytes; a text that is no number leaves the answer open."""
    assert expected is clauses.value(source, session__topic=topic)


@pytest.mark.parametrize(
    ("source", "rate", "expected"),
    [
        ("int(attendance.rate) == 0", 0.99, True),
        ("int(attendance.rate) == -1", -1.99, True),
        ("int(attendance.rate) == 0", float("nan"), None),
        ("int(attendance.rate) == 0", float("inf"), None),
        ("int(attendance.rate) > 0", 9.3e18, None),
        ("int(attendance.rate) > 0", 9.2e18, True),
        ("double(3) == 3.0 && double(attendance.rate) == attendance.rate && int(3) == 3", 0.5, True),
    ],
)
def test_numbers(clauses: Any, source: str, rate: float, expected: bool | None) -> None:
    """R28: cut off towards zero, and unknown beyond 64 bits."""
    assert expected is clauses.value(source, attendance__rate=rate)


@pytest.mark.parametrize(
    ("macro", "tags", "expected"),
    [
        ("all(x, x == 'a')", [], True),
        ("all(x, x == 'a')", ["a", "a"], True),
        ("all(x, x == 'a')", ["a", "b"], False),
        ("all(x, x == 'a' && poll.open)", ["a", "b"], False),
        ("all(x, x == 'a' && poll.open)", ["a"], None),
        ("exists(x, x == 'a')", [], False),
        ("exists(x, x == 'a')", ["b", "a"], True),
        ("exists(x, x == 'a' || poll.open)", ["b", "a"], True),
        ("exists(x, x == 'a' || poll.open)", ["b"], None),
        ("exists_one(x, x == 'a')", ["a", "b"], True),
        ("exists_one(x, x == 'a')", ["a", "a"], False),
        ("exists_one(x, x == 'a' || poll.open)", ["a", "b"], None),
    ],
)
def test_macros(clauses: Any, macro: str, tags: list[str], expected: bool | None) -> None:
    """P16: a value that settles it does so beside unknown ones, but one alone cannot be told then."""
    assert expected is clauses.value(f"pod.tags.{macro}", pod__tags=tags)
