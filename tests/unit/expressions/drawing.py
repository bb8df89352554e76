"""Random clauses and facts to ask them about; shared by test_oracle.py and bench/oracle.py.

A clause is drawn by its type, so that nearly all are accepted; facts are drawn at the edges of their types,
and some are left out.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from lark.exceptions import UnexpectedInput

from convener.expressions.advice import ClauseError
from convener.expressions.checker import check
from convener.expressions.functions import FUNCTIONS
from convener.expressions.grammar import parse
from convener.expressions.nodes import Typed
from convener.expressions.scope import Scope
from convener.model.facts import Fact

SCALARS = ("bool", "int", "float", "string", "timestamp", "duration")
FACTS = {
    name: Fact(name=name, type=kind, meaning="made up")
    for name, kind in (
        *((f"{room}.{kind}_{number}", kind) for room in ("one", "two") for kind in SCALARS for number in (1, 2)),
        *((f"many.{kind}s", f"list({kind})") for kind in SCALARS),
        ("two.zone", "string"),
    )
}
"""Two facts of each type in two rooms, a list of each type, and a zone."""
ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC", "+05:30", "Nowhere/Else")
WORDS = (
    "",
    "a",
    "A",
    "ab",
    "é",
    "É",
    "e\u0301",
    "😀",
    "north",
    "North",
    "12",
    " -7 ",
    "9223372036854775808",
    "1.5",
    "\t'\"\\\n",
)
INTS = (0, 1, -1, 2, 3, 7, -7, 12, 100, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), -(2**63) + 1)
FLOATS = (0.0, -0.0, 0.5, 1.0, -1.5, 2.7, 1e-9, 3e18, 9.3e18, 1e308, -1e308)
BROKEN = (*FLOATS, math.inf, -math.inf, math.nan, math.nan)
INSTANTS = (
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2027, 1, 18, 9, 30, 0, 250_000, tzinfo=UTC),
    datetime(2061, 7, 4, 5, 6, 7, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
)
LENGTHS = (
    timedelta(),
    timedelta(hours=1),
    timedelta(minutes=90),
    timedelta(seconds=-1.5),
    timedelta(hours=-36, minutes=-1),
    timedelta(microseconds=1),
    timedelta(days=400),
    timedelta(days=106_751),
)


@dataclass(frozen=True, slots=True)
class Draw:
    """A clause and what it is asked about."""

    source: str
    typed: Typed
    facts: tuple[Mapping[str, object], ...]


class Drawer:
    """Draws clauses from a source of chance."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names: list[tuple[str, str]] = []
        """Names that macros around this place have given, with their types."""
        self.refused = 0
        """Drawn, but nothing we take: too deep, too costly, or not well-typed without the brackets left out."""

    def draw(self, worlds: int) -> Draw:
        """Return a clause we accept, of any type, and as many *worlds* of facts to ask it about."""
        while True:
            source = self._part(self._random.choice(SCALARS + ("bool",) * 6), self._random.choice((2, 3, 3, 4)))
            try:
                typed = check(parse(source), Scope(FACTS))
            except (ClauseError, UnexpectedInput):
                self.refused += 1
                continue
            return Draw(source, typed, tuple(self._world() for _ in range(worlds)))

    # -- facts ------------------------------------------------------------------------------------------------

    def _world(self) -> Mapping[str, object]:
        absent = self._random.choice((0.0, 0.1, 0.4))
        return {name: self._value(fact.type) for name, fact in FACTS.items() if self._random.random() >= absent}

    def _value(self, kind: str) -> object:
        if kind.startswith("list("):
            return [self._value(kind[5:-1]) for _ in range(self._random.randrange(4))]
        return self._random.choice(
            {
                "bool": (True, False),
                "int": INTS,
                "float": BROKEN,
                "string": (*WORDS, *ZONES),
                "timestamp": INSTANTS,
                "duration": LENGTHS,
            }[kind]
        )

    # -- clauses ----------------------------------------------------------------------------------------------

    def _part(self, kind: str, depth: int) -> str:
        """Draw an expression of a type."""
        atoms = [self._literal, self._fact, self._fact]
        makers = [*atoms, *(self._made(kind) if depth > 0 else [])]
        if depth > 0:
            makers = makers[3:] * 3 + atoms
        return self._random.choice(makers)(kind, depth - 1)

    def _made(self, kind: str) -> list[Callable[[str, int], str]]:
        if kind.startswith("list("):
            return [self._list, self._list, self._choice]
        own = {
            "bool": [
                *(self._logic for _ in range(3)),
                *(self._order for _ in range(4)),
                *(make for make in (self._compare, self._member, self._macro) for _ in range(2)),
                self._not,
                self._has,
            ],
            "int": [self._sum, self._sum, self._negative],
            "float": [self._sum, self._negative],
            "string": [self._sum],
            "timestamp": [self._shifted],
            "duration": [self._between, self._sum],
        }[kind]
        return [*own, *own, self._choice, self._index, *[self._call] * 3]

    def _literal(self, kind: str, _: int) -> str:
        if kind.startswith("list("):
            return self._list(kind, 0)
        value = self._random.choice(FLOATS) if kind == "float" else self._value(kind)
        return written(value, self._random.choice("'\""))

    def _fact(self, kind: str, _: int) -> str:
        near = [name for name, each in self._names if each == kind]
        if near and self._random.random() < 0.7:
            return self._random.choice(near)
        return self._random.choice([name for name, fact in FACTS.items() if fact.type == kind])

    def _list(self, kind: str, depth: int) -> str:
        inner = kind[5:-1]
        return f"[{', '.join(self._part(inner, depth - 1) for _ in range(self._random.choice((1, 2, 2, 3))))}]"

    def _choice(self, kind: str, depth: int) -> str:
        asked, one, other = self._part("bool", depth), self._part(kind, depth), self._part(kind, depth)
        return self._bracketed(f"{self._bracketed(asked)} ? {self._bracketed(one)} : {other}")

    def _index(self, kind: str, depth: int) -> str:
        place = str(self._random.choice((0, 0, 1, 2, 5))) if self._random.random() < 0.7 else self._part("int", depth)
        return f"{self._part(f'list({kind})', depth)}[{place}]"

    def _logic(self, _: str, depth: int) -> str:
        sign = self._random.choice((" && ", " || "))
        parts = [self._part("bool", depth) for _ in range(self._random.choice((2, 2, 2, 3, 6)))]
        return self._bracketed(sign.join(parts))

    def _not(self, _: str, depth: int) -> str:
        return f"{self._random.choice(('!', '!', '!!'))}({self._part('bool', depth)})"

    def _negative(self, kind: str, depth: int) -> str:
        return f"{self._random.choice(('-', '-', '--', '- -'))}({self._part(kind, depth)})"

    def _compare(self, _: str, depth: int) -> str:
        kind = self._random.choice((*SCALARS, *(f"list({each})" for each in SCALARS)))
        return self._pair(kind, self._random.choice(("==", "!=")), kind, depth)

    def _order(self, _: str, depth: int) -> str:
        kind = self._random.choice(SCALARS[1:])
        return self._pair(kind, self._random.choice(("<", "<=", ">", ">=")), kind, depth)

    def _member(self, _: str, depth: int) -> str:
        kind = self._random.choice(SCALARS)
        return self._pair(kind, "in", f"list({kind})", depth)

    def _sum(self, kind: str, depth: int) -> str:
        signs = {"int": "+-*/%", "float": "+-*/", "string": "+", "duration": "+-"}[kind]
        return self._pair(kind, self._random.choice(signs), kind, depth)

    def _shifted(self, _: str, depth: int) -> str:
        if self._random.random() < 0.2:
            return self._pair("duration", "+", "timestamp", depth)
        return self._pair("timestamp", self._random.choice("+-"), "duration", depth)

    def _between(self, _: str, depth: int) -> str:
        return self._pair("timestamp", "-", "timestamp", depth)

    def _has(self, *_: object) -> str:
        return f"has({self._random.choice(list(FACTS))})"

    def _macro(self, _: str, depth: int) -> str:
        kind = self._random.choice(SCALARS)
        values = self._part(f"list({kind})", depth)
        name = f"x{len(self._names)}"
        self._names.append((name, kind))
        asked = self._condition(name, kind, depth)
        self._names.pop()
        return f"{values}.{self._random.choice(('all', 'exists', 'exists_one'))}({name}, {asked})"

    def _condition(self, name: str, kind: str, depth: int) -> str:
        """Draw what a macro asks of a value, most often by name."""
        if self._random.random() < 0.3:
            return self._part("bool", depth)
        if kind == "bool":
            return f"{name} {self._random.choice(('&&', '||', '=='))} {self._part(kind, depth)}"
        return f"{name} {self._random.choice(('==', '<', '>='))} {self._part(kind, depth)}"

    def _call(self, kind: str, depth: int) -> str:
        fitting = [
            (name, each)
            for name, function in FUNCTIONS.items()
            for each in function.signatures
            if each.result == kind and not {"fact", "name", "literal"} & set(each.parameters)
        ]
        if not fitting:
            return self._literal(kind, depth)
        name, signature = self._random.choice(fitting)
        given = ", ".join(self._argument(each, depth) for each in signature.parameters)
        if not signature.receiver:
            return f"{name}({given})"
        return f"{self._receiver(self._argument(signature.receiver, depth))}.{name}({given})"

    def _argument(self, wanted: str, depth: int) -> str:
        if wanted == "zone":
            known = written(self._random.choice(ZONES[:5]), "'")
            return self._random.choice((known, known, "two.zone", self._part("string", depth)))
        return self._part(f"list({self._random.choice(SCALARS)})" if wanted == "list" else wanted, depth)

    def _receiver(self, text: str) -> str:
        return text if text[0] in "'\"[" or text in FACTS else f"({text})"

    def _pair(self, left: str, sign: str, right: str, depth: int) -> str:
        one, other = self._part(left, depth), self._part(right, depth)
        return self._bracketed(f"{one} {sign} {other}")

    def _bracketed(self, text: str) -> str:
        """Put *text* in brackets, most of the time: without them precedence decides."""
        return f"({text})" if self._random.random() < 0.8 else text


def written(value: object, quote: str) -> str:
    """Write *value* as a clause does, texts between two of *quote*."""
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return f"timestamp('{value.isoformat().replace('+00:00', 'Z')}')"
        case timedelta():
            return f"duration('{_seconds(value)}')"
        case str():
            escapes = {"\\": "\\\\", quote: f"\\{quote}", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
            return quote + "".join(escapes.get(letter, letter) for letter in value) + quote
        case _:
            return repr(value)


def _seconds(length: timedelta) -> str:
    """Write *length* in more than one unit, exactly."""
    micros = abs(length) // timedelta(microseconds=1)
    hours, rest = divmod(micros, 3_600_000_000)
    sign = "-" if length < timedelta() else ""
    return f"{sign}{hours}h{rest // 60_000_000}m{rest % 60_000_000 / 1e6:f}s"
