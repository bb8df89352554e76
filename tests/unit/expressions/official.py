"""What official CEL says of our clauses; shared by test_oracle.py and bench/oracle.py."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from cel_expr_python import cel
from cel_expr_python.ext import ext_strings
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from convener.expressions.compiler import compiled
from convener.expressions.functions import Signature
from convener.expressions.nodes import Typed
from convener.expressions.trace import spoken
from convener.model.facts import Fact, FactType


def ours(typed: Typed, facts: Mapping[str, object]) -> object:
    """Return our value, None for unknown."""
    return compiled(typed, frozenset(spoken(typed)))(facts)


class Official:
    """Official CEL, asked twice: with rooms as maps, which knows `has`, and with typed facts, which knows types."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        extensions = [ext_strings.ExtStrings()]
        rooms = {name.partition(".")[0]: cel.Type.Map(cel.Type.STRING, cel.Type.DYN) for name in facts}
        typed = {name: _type(fact.type) for name, fact in facts.items()}
        self._names = tuple(rooms)
        self._rooms = cel.NewEnv(variables=rooms, extensions=extensions)
        self._typed = cel.NewEnv(variables=typed, extensions=extensions)

    def values(self, source: str, worlds: Sequence[Mapping[str, object]]) -> list[list[object]]:
        """Return its values under each of *worlds*, None for an error; raise what it raises for no valid CEL."""
        by_room = self._rooms.compile(source)
        answers = [[_value(by_room.eval(data=_rooms(self._names, facts)))] for facts in worlds]
        if "has(" not in source:  # which means nothing for a variable with a dotted name
            by_type = self._typed.compile(source)
            for answer, facts in zip(answers, worlds, strict=True):
                answer.append(_value(by_type.eval(data=dict(facts))))
        return answers


def _type(kind: FactType) -> Any:
    if kind.startswith("list("):
        return cel.Type.List(_type(kind[5:-1]))  # type: ignore[arg-type]  # cut from a Literal
    return getattr(cel.Type, {"float": "DOUBLE"}.get(kind, kind.upper()))


def _rooms(names: Iterable[str], facts: Mapping[str, object]) -> dict[str, dict[str, object]]:
    rooms: dict[str, dict[str, object]] = {name: {} for name in names}
    for name, value in facts.items():
        room, _, inner = name.partition(".")
        rooms[room][inner] = [_message(each) for each in value] if isinstance(value, list) else _message(value)
    return rooms


def _message(value: object) -> object:
    """Return what a map of official CEL can hold: it takes instants and lengths as messages only."""
    if isinstance(value, datetime):
        instant = Timestamp()
        instant.FromDatetime(value)
        return instant
    if isinstance(value, timedelta):
        length = Duration()
        length.FromTimedelta(value)
        return length
    return value


def _value(answer: Any) -> object:
    """Return the plain value; its errors are texts, and true like any text."""
    return None if answer.type() == cel.Type.ERROR else answer.plain_value()


def alike(one: object, other: object) -> bool:
    """Tell whether two values are the same, in type, in sign and in what is no number."""
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other)
    return type(one) is type(other) and one == other


def operators(typed: Typed) -> Iterator[str]:
    """Yield every operator, function and kind of value in *typed*."""
    match typed.kind:
        case "constant" | "fact" | "variable":
            yield f"{typed.kind} {typed.type}"
        case "call" | "macro" | "has":
            yield f"{typed.node.word}()" if typed.kind != "call" else _shown(typed)
        case _:
            yield f"{typed.word} {typed.parts[0].type}" if typed.word else "[…]"
    for part in typed.parts:
        yield from operators(part)


def _shown(typed: Typed) -> str:
    return typed.value.shown(typed.word).partition(" ->")[0] if isinstance(typed.value, Signature) else typed.word
