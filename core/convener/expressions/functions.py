"""The functions of the language: what they take, what they give, what they mean.

A new one is an entry in FUNCTIONS: its signatures with their work, and its meaning with an example.
It must mean in CEL what it means here; the oracle asks official CEL about every signature.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from convener.expressions.arithmetic import INT_MAX, INT_MIN
from convener.expressions.moments import FIELDS, LENGTHS, read_duration, read_timestamp

_WHOLE = re.compile(r"[ \t\n\v\f\r]*([+-]?)0*([0-9]{1,19})[ \t\n\v\f\r]*")
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One way to call a function."""

    receiver: str = ""
    """Type of what stands before the point; empty for a function without one."""
    parameters: tuple[str, ...] = ()
    """Types, or `zone` for a string that names a time zone, `literal` for a text in quotes, `fact` for a fact,
    `name` and `condition` for what a macro gives each value and asks of it. `list` is a list of anything."""
    result: str
    work: Callable[..., object] = field(repr=False, compare=False)
    """Known values in, a value out, None for what CEL calls an error."""
    bounds: tuple[int, int] | None = None
    """The least and the greatest whole number it gives, where they are known."""

    def shown(self, name: str) -> str:
        """Return the signature as the documentation writes it: `string.contains(string) -> bool`."""
        before = f"{self.receiver}." if self.receiver else ""
        return f"{before}{name}({', '.join(self.parameters)}) -> {self.result}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function a clause may call."""

    name: str
    signatures: tuple[Signature, ...]
    meaning: str
    example: str
    """A clause that calls it."""


def _whole_number(value: float | str) -> int | None:
    """Convert as official CEL does: towards zero, and nothing outside 64 bits."""
    if isinstance(value, str):
        found = _WHOLE.fullmatch(value)
        number = int(found[1] + found[2]) if found else INT_MAX + 1
        return number if INT_MIN <= number <= INT_MAX else None
    return int(value) if INT_MIN < value < -float(INT_MIN) else None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _contains(text: str, part: str) -> bool:
    return part in text


def _lowered(text: str) -> str:
    return text.translate(_CAPITALS)


def _itself(value: float) -> float:
    return value


def _all(values: Sequence[object], holds: Callable[[object], bool | None]) -> bool | None:
    """Tell whether every value holds; one that does not settles it, one that is unknown leaves it open."""
    known: bool | None = True
    for value in values:
        answer = holds(value)
        if answer is False:
            return False
        known = None if answer is None else known
    return known


def _exists(values: Sequence[object], holds: Callable[[object], bool | None]) -> bool | None:
    """Tell whether any value holds; one that does settles it, one that is unknown leaves it open."""
    known: bool | None = False
    for value in values:
        answer = holds(value)
        if answer is True:
            return True
        known = None if answer is None else known
    return known


def _exists_one(values: Sequence[object], holds: Callable[[object], bool | None]) -> bool | None:
    """Tell whether exactly one value holds; one that is unknown leaves it open, as in CEL."""
    answers = [holds(value) for value in values]
    return None if None in answers else answers.count(True) == 1


def _known(value: object) -> bool:
    return value is not None


def _one(name: str, example: str, meaning: str, *signatures: Signature) -> Function:
    return Function(name=name, signatures=signatures, meaning=meaning, example=example)


def _on(receiver: str, parameters: tuple[str, ...], result: str, work: Callable[..., object]) -> Signature:
    return Signature(receiver=receiver, parameters=parameters, result=result, work=work)


def _from(parameter: str, result: str, work: Callable[..., object]) -> Signature:
    return Signature(parameters=(parameter,), result=result, work=work)


def _macro(work: Callable[..., object]) -> Signature:
    return _on("list", ("name", "condition"), "bool", work)


_TEXTS = (
    _one(
        "contains",
        "session.topic.contains('access')",
        "the text stands somewhere in it; capitals count",
        _on("string", ("string",), "bool", _contains),
    ),
    _one(
        "startsWith",
        "session.topic.startsWith('Access')",
        "it begins with the text",
        _on("string", ("string",), "bool", str.startswith),
    ),
    _one(
        "endsWith",
        "participant.zone.endsWith('/London')",
        "it ends with the text",
        _on("string", ("string",), "bool", str.endswith),
    ),
    _one(
        "lowerAscii",
        "session.topic.lowerAscii().contains('access')",
        "the text with the capitals A to Z made small",
        _on("string", (), "string", _lowered),
    ),
    _one(
        "size",
        "session.topic.size() > 0",
        "characters of a text, values of a list",
        _on("string", (), "int", len),
        _on("list", (), "int", len),
        _from("string", "int", len),
        _from("list", "int", len),
    ),
)
_MOMENTS = (
    _one(
        "timestamp",
        "session.starts < timestamp('2027-01-18T09:30:00Z')",
        "an instant, written as date, time and `Z` or an offset",
        _from("literal", "timestamp", read_timestamp),
    ),
    _one(
        "duration",
        "session.ends - session.starts >= duration('1h30m')",
        "a length of time, in `h`, `m`, `s` and `ms`; a day has no fixed length, so there is no unit for it",
        _from("literal", "duration", read_duration),
    ),
)
_CONVERSIONS = (
    _one(
        "int",
        "int(attendance.rate * 100.0) >= 75",
        "a whole number: cut off towards zero, or read from a text; what does not fit 64 bits is unknown",
        _from("int", "int", _itself),
        _from("float", "int", _whole_number),
        _from("string", "int", _whole_number),
    ),
    _one(
        "double",
        "double(attendance.missed) / double(session.count) < 0.25",
        "a number with a point from a whole one",
        _from("int", "float", float),
        _from("float", "float", _itself),
    ),
    _one(
        "string",
        "pod.id.endsWith('/' + string(session.number))",
        "a text; not from a number with a point, which can be written in more than one way",
        _from("string", "string", _text),
        _from("int", "string", _text),
        _from("bool", "string", _text),
    ),
)
_QUESTIONS = (
    _one(
        "has",
        "has(participant.pod) && !has(session.topic)",
        "the fact is known; the one question that is never unknown itself",
        _from("fact", "bool", _known),
    ),
    _one(
        "all",
        "['acme/lead/north', 'acme/lead/south'].all(name, name != pod.id)",
        "the condition holds for every value of the list",
        _macro(_all),
    ),
    _one(
        "exists",
        "['Access', 'Flow'].exists(word, session.topic.contains(word))",
        "the condition holds for at least one value of the list",
        _macro(_exists),
    ),
    _one(
        "exists_one",
        "['Access', 'Flow'].exists_one(word, session.topic.contains(word))",
        "the condition holds for exactly one value of the list",
        _macro(_exists_one),
    ),
)
_READINGS: Mapping[str, tuple[str, tuple[int, int], str]] = {
    "getFullYear": ("== 2027", (1, 9999), "the year"),
    "getMonth": ("in [6, 7]", (0, 11), "the month, 0 for January to 11 for December, as in CEL"),
    "getDate": ("<= 7", (1, 31), "the day of the month, from 1"),
    "getDayOfMonth": ("< 7", (0, 30), "the day of the month, from 0"),
    "getDayOfYear": ("< 31", (0, 365), "the day of the year, from 0"),
    "getDayOfWeek": ("== 1", (0, 6), "the day of the week, 0 for Sunday to 6 for Saturday"),
    "getHours": (">= 12", (0, 23), "the hour of the day; of a duration, all of it in whole hours"),
    "getMinutes": ("== 30", (0, 59), "the minute of the hour; of a duration, all of it in whole minutes"),
    "getSeconds": ("== 0", (0, 59), "the second of the minute; of a duration, all of it in whole seconds"),
}


def _readings() -> Iterator[Function]:
    for name, (rest, bounds, meaning) in _READINGS.items():
        signatures = (
            replace(_on("timestamp", (), "int", FIELDS[name]), bounds=bounds),
            replace(_on("timestamp", ("zone",), "int", FIELDS[name]), bounds=bounds),
            *((_on("duration", (), "int", LENGTHS[name]),) if name in LENGTHS else ()),
        )
        yield _one(name, f"session.starts.{name}(participant.zone) {rest}", meaning, *signatures)


FUNCTIONS: Mapping[str, Function] = {
    each.name: each for each in (*_QUESTIONS, *_TEXTS, *_MOMENTS, *_readings(), *_CONVERSIONS)
}
"""Every function by its name."""
METHODS = frozenset(name for name, each in FUNCTIONS.items() if any(one.receiver for one in each.signatures))
"""Functions that may stand behind a point."""
