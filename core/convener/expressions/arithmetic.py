"""What the operators of clauses do with values: CEL's arithmetic, with *unknown* in place of its errors."""

import math
import operator
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from convener.expressions.budgets import LONGEST_TEXT
from convener.expressions.moments import LONGEST_DURATION

Work = Callable[..., object]
"""Two known values in, one out, None for unknown."""
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


def _whole(work: Callable[[int, int], int]) -> Work:
    """Make division by zero and what does not fit 64 bits unknown."""

    def run(left: int, right: int) -> int | None:
        try:
            value = work(left, right)
        except ZeroDivisionError:
            return None
        return value if INT_MIN <= value <= INT_MAX else None

    return run


def _quotient(left: int, right: int) -> int:
    """Divide as CEL does, towards zero."""
    size = abs(left) // abs(right)
    return size if (left < 0) == (right < 0) else -size


def _remainder(left: int, right: int) -> int:
    """Return what `_quotient` leaves; it has the sign of *left*, and fits whenever the quotient does."""
    quotient = _quotient(left, right)
    return INT_MAX + 1 if quotient > INT_MAX else left - right * quotient


def _share(left: float, right: float) -> float:
    """Divide as IEEE 754 and CEL do: by zero gives infinity or no number, never an error."""
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _joined(left: str, right: str) -> str | None:
    """Join two texts, up to a length nobody would write."""
    return left + right if len(left) + len(right) <= LONGEST_TEXT else None


def _in_time(work: Work) -> Work:
    """Make an instant outside the years 1 to 9999, and a duration longer than CEL's longest, unknown."""

    def run(left: object, right: object) -> object:
        try:
            value = work(left, right)
        except OverflowError:
            return None
        return None if isinstance(value, timedelta) and abs(value) > LONGEST_DURATION else value

    return run


ORDERS: Mapping[str, Work] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""Comparisons of two values of one ordered type."""
_ADDED: Mapping[str, Callable[..., Any]] = {"+": operator.add, "-": operator.sub}
_WORK: Mapping[str, Mapping[str, Work]] = {
    "int": {
        **{sign: _whole(work) for sign, work in _ADDED.items()},
        "*": _whole(operator.mul),
        "/": _whole(_quotient),
        "%": _whole(_remainder),
    },
    "float": {**_ADDED, "*": operator.mul, "/": _share},
    "string": {"+": _joined},
    "timestamp": {sign: _in_time(work) for sign, work in _ADDED.items()},
    "duration": {sign: _in_time(work) for sign, work in _ADDED.items()},
}
RESULTS: Mapping[tuple[str, str, str], str] = {
    **{("int", sign, "int"): "int" for sign in "+-*/%"},
    **{("float", sign, "float"): "float" for sign in "+-*/"},
    ("string", "+", "string"): "string",
    ("timestamp", "-", "timestamp"): "duration",
    ("timestamp", "+", "duration"): "timestamp",
    ("timestamp", "-", "duration"): "timestamp",
    ("duration", "+", "timestamp"): "timestamp",
    ("duration", "+", "duration"): "duration",
    ("duration", "-", "duration"): "duration",
}
"""What type comes of an operator between two types; nothing else goes together."""


def work_of(sign: str, kind: str) -> Work:
    """Return what *sign* does where the result is a *kind*."""
    return _WORK[kind][sign]
