"""What the operators of clauses do with values: CEL's arithmetic, with *unknown* in place of its errors."""

import math
import operator
from collections.abc import Callable, Mapping

Work = Callable[..., object]
"""Two known values in, one out, None for unknown."""
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


def _bounded(work: Work) -> Work:
    """Make what CEL calls an error (division by zero, 64-bit overflow, a date out of range) unknown."""

    def run(left: object, right: object) -> object:
        try:
            value = work(left, right)
        except (ZeroDivisionError, OverflowError):
            return None
        return None if isinstance(value, int) and not INT_MIN <= value <= INT_MAX else value

    return run


def _quotient(left: int, right: int) -> int:
    """Divide as CEL does, towards zero."""
    size = abs(left) // abs(right)
    return size if (left < 0) == (right < 0) else -size


def _share(left: float, right: float) -> float:
    """Divide as IEEE 754 and CEL do: by zero gives infinity or no number, never an error."""
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: int, right: int) -> int:
    """Return what `_quotient` leaves; it has the sign of *left*."""
    return left - right * _quotient(left, right)


ORDERS: Mapping[str, Work] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""Comparisons of two values of one ordered type."""
_WORK: Mapping[str, Work] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _share,
    "%": operator.mod,
}
_INT_WORK: Mapping[str, Work] = {"/": _quotient, "%": _remainder}
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
    return _bounded(_INT_WORK.get(sign, _WORK[sign]) if kind == "int" else _WORK[sign])
