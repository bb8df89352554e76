"""Typed closures of clauses."""

import math
from collections.abc import Mapping

import pytest

from convener.expressions import CATALOGUE
from convener.expressions.compiler import ClauseError, translate
from convener.expressions.grammar import parse

FACTS: Mapping[str, object] = {"session.number": 4, "attendance.rate": 0.5, "session.topic": "Access"}


def value_of(source: str) -> object:
    """Evaluate *source* with a few facts known."""
    return translate(parse(source), CATALOGUE).run(FACTS)


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
        ("'a' + \"b\\n\"", "ab\n"),
        ("session.number % 2 == 0", True),
        ("session.number in [1, 4]", True),
        ("session.number in [1, 2]", False),
        ("attendance.rate < 0.7", True),
        ("session.topic != 'Access'", False),
        ("has(session.topic) && !has(poll.id)", True),
    ],
)
def test_values_are_those_of_cel(source: str, expected: object) -> None:
    """Division goes towards zero, 64-bit overflow and division by zero have no value."""
    assert expected == value_of(source)


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
        ("poll.days_open + 1 == 2", None),
    ],
)
def test_unknown_is_a_third_value(source: str, expected: object) -> None:
    """Missing data is neither true nor false; only the other side can settle it."""
    assert expected is value_of(source)


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("session.number > 1.0", 15),
        ("session.number && true", 0),
        ("true || session.topic", 8),
        ("!session.number", 1),
        ("-session.topic == 'a'", 0),
        ("session.topic * 2 == 4", 14),
        ("participant.active < true", 19),
        ("session.number in [1, 'b']", 22),
        ("99999999999999999999 == 1", 0),
        ("session.numbr == 1", 0),
    ],
)
def test_types_are_checked_with_their_place(source: str, offset: int) -> None:
    """What does not belong together is refused before it runs, at its character."""
    with pytest.raises(ClauseError) as caught:
        translate(parse(source), CATALOGUE)

    assert offset == caught.value.offset
