"""The operators of the language, as the documentation shows them; the weakest binds last."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One operator, or several of one kind."""

    signs: tuple[str, ...]
    takes: str
    """Types of its operands."""
    gives: str
    """Type of its result."""
    meaning: str
    example: str
    """A clause that uses it."""


OPERATORS: tuple[Operator, ...] = (
    Operator(
        signs=("? :",),
        takes="a bool, and two values of one type",
        gives="that type",
        meaning="the first value if the condition holds, else the second; unknown if the condition is",
        example="(has(session.topic) ? session.topic : 'none') != 'Access'",
    ),
    Operator(
        signs=("||",),
        takes="bool",
        gives="bool",
        meaning="at least one holds; one that holds settles it, whatever is unknown",
        example="session.number == 1 || attendance.missed > 0",
    ),
    Operator(
        signs=("&&",),
        takes="bool",
        gives="bool",
        meaning="both hold; one that does not settles it, whatever is unknown",
        example="participant.active && !attendance.excused",
    ),
    Operator(
        signs=("==", "!="),
        takes="two values of one type",
        gives="bool",
        meaning="equal, and not equal",
        example="session.status == 'confirmed'",
    ),
    Operator(
        signs=("<", "<=", ">", ">="),
        takes="two values of one type: int, float, string, timestamp or duration",
        gives="bool",
        meaning="smaller or earlier, larger or later; texts are ordered letter by letter, capitals first",
        example="attendance.rate < 0.75",
    ),
    Operator(
        signs=("in",),
        takes="a value, and a list of its type",
        gives="bool",
        meaning="the value is one of the list",
        example="attendance.status in ['missed', 'apologies']",
    ),
    Operator(
        signs=("+", "-"),
        takes="two of int or of float; timestamps and durations; `+` also two strings",
        gives="the same type; a duration between two timestamps",
        meaning="sum and difference; `+` joins texts",
        example="session.ends - session.starts > duration('2h')",
    ),
    Operator(
        signs=("*", "/", "%"),
        takes="two of int; two of float, but not for `%`",
        gives="the same type",
        meaning="product, quotient and what the quotient leaves; whole numbers are divided towards zero",
        example="session.number % 3 == 0",
    ),
    Operator(signs=("!",), takes="bool", gives="bool", meaning="not", example="!poll.answered"),
    Operator(signs=("-",), takes="int or float", gives="the same type", meaning="negative", example="pod.size > -1"),
    Operator(
        signs=("[ ]",),
        takes="a list and an int",
        gives="the type of the list's values",
        meaning="the value at that place, counted from 0; unknown when there is none",
        example="['Access', 'Flow', 'Change'][session.number - 1] == session.topic",
    ),
)
"""Every operator, those that bind weakest first."""
