"""What operators do with values."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from convener.expressions.arithmetic import INT_MAX, INT_MIN, ORDERS, RESULTS, work_of
from convener.expressions.budgets import LONGEST_TEXT
from convener.expressions.moments import LONGEST_DURATION

LAST = datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "sign", "right", "expected"),
    [(-7, "/", 2, -3), (7, "/", -2, -3), (-7, "%", 2, -1), (7, "%", -2, 1), (INT_MIN, "+", 0, INT_MIN)],
)
def test_whole_numbers_are_divided_towards_zero(left: int, sign: str, right: int, expected: int) -> None:
    """P15: what is left over has the sign of what was divided, as in CEL."""
    assert expected == work_of(sign, "int")(left, right)


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        (1, "/", 0),
        (1, "%", 0),
        (INT_MAX, "+", 1),
        (INT_MIN, "-", 1),
        (INT_MIN, "/", -1),
        (INT_MIN, "%", -1),
        (INT_MAX, "*", 2),
    ],
)
def test_what_has_no_whole_number_is_unknown(left: int, sign: str, right: int) -> None:
    """P15: division by zero and 64-bit overflow are errors in CEL and unknown here."""
    assert None is work_of(sign, "int")(left, right)


def test_a_date_out_of_range_is_unknown() -> None:
    """P15: time ends somewhere."""
    assert None is work_of("+", "timestamp")(LAST, timedelta(days=1))


def test_texts_and_durations_end_somewhere() -> None:
    """P15: a text that grows too long, and a duration CEL cannot count, are unknown."""
    assert ["ab", None] == [work_of("+", "string")("a", text) for text in ("b", "b" * LONGEST_TEXT)]
    assert [LONGEST_DURATION, None] == [
        work_of("+", "duration")(LONGEST_DURATION, more) for more in (timedelta(), timedelta(microseconds=1))
    ]


def test_broken_numbers_have_no_errors() -> None:
    """P15: IEEE 754 answers everything."""
    share = work_of("/", "float")

    assert [math.inf, -math.inf, 0.5] == [share(1.0, 0.0), share(1.0, -0.0), share(1.0, 2.0)]
    assert math.isnan(float(str(share(0.0, 0.0))))


def test_every_operator_of_a_result_works() -> None:
    """Types that go together have something that puts them together."""
    samples = {"int": 6, "float": 1.5, "string": "a", "timestamp": LAST - timedelta(days=9), "duration": timedelta(1)}

    made = {key: work_of(key[1], kind)(samples[key[0]], samples[key[2]]) for key, kind in RESULTS.items()}

    assert {key: type(samples[kind]) for key, kind in RESULTS.items()} == {key: type(v) for key, v in made.items()}
    assert [True, True, False, False] == [ORDERS[sign](1, 2) for sign in ("<", "<=", ">", ">=")]
