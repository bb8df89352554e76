"""How what the roster says of people is shown: a text and a ground for each value, never the ground alone.

The shape of a mark says what its rule asks for: `same` is square, `mix` is round, `similar` is a ramp in the order of
the values.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from convener.model import Register
from convener.rulesets.kinds import Mix, Same, Similar
from convener.rulesets.ruleset import Ruleset

GROUNDS = 12
"""Grounds that tell values apart; further values use them again with a broken edge."""
RAMP = 6
"""Steps of the ramp of ordered values."""
LEGEND = 40
"""Most values of a column that are explained."""
LETTERS = 4
"""Letters of a mark; a few more where very many values begin alike."""
WORDS = {"same": "the same", "mix": "mixed", "similar": "close to each other"}
"""What a rule of each kind asks for within each pod."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value of a column."""

    value: str
    text: str
    """A few letters, no two values of a column alike."""
    look: str
    """CSS classes: shape and ground."""
    count: int
    """How many people it is said of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """A column of the roster that rules look at."""

    column: str
    kind: str
    asks: str
    """What its rule asks for, in words."""
    rule: str
    """Id of that rule."""
    marks: Mapping[str, Mark]
    """By value, empty for people of whom nothing is said."""

    @property
    def legend(self) -> list[Mark]:
        """The marks to explain: of very many the most frequent."""
        used = [mark for mark in self.marks.values() if mark.count]
        often = {mark.value for mark in sorted(used, key=lambda mark: -mark.count)[:LEGEND]}
        return [mark for mark in used if mark.value in often]

    @property
    def more(self) -> int:
        """How many values the legend leaves out."""
        return sum(mark.count > 0 for mark in self.marks.values()) - len(self.legend)


def traits_of(ruleset: Ruleset, register: Register, people: Sequence[str]) -> tuple[Trait, ...]:
    """Return the columns that pods are formed by, as *people* have them; a column once, by the first rule naming it."""
    found: dict[str, Trait] = {}
    for kind, rule, columns in _asked(ruleset):
        for column in columns:
            values = Counter(value_of(register, person, column) for person in people)
            if column not in found:
                asks = f"{WORDS[kind]} within each {ruleset.word('pod')}"
                found[column] = Trait(column=column, kind=kind, asks=asks, rule=rule, marks=_marks(values, kind))
    return tuple(found.values())


def value_of(register: Register, person: str, column: str) -> str:
    """Return what the roster says of *person* in *column*, empty for nothing."""
    known = register.people.get(person)
    return known.attributes.get(column, "").strip() if known else ""


def _asked(ruleset: Ruleset) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield kind, id and columns of every rule that compares the members of a pod."""
    yield from (("same", rule.id, terms.by) for rule, terms in ruleset.rules_of(Same))
    yield from (("mix", rule.id, terms.by) for rule, terms in ruleset.rules_of(Mix))
    yield from (("similar", rule.id, terms.by) for rule, terms in ruleset.rules_of(Similar))


def _marks(values: Counter[str], kind: str) -> dict[str, Mark]:
    order = sorted((value for value in values if value), key=_natural)
    texts = short_texts(order)
    steps = max(len(order) - 1, 1)
    marks = {"": Mark(value="not said", text="?", look=f"{kind} none", count=values.get("", 0))}
    for place, value in enumerate(order):
        if kind == "similar":
            ground = f"ramp-{place * (RAMP - 1) // steps}"
        else:
            ground = f"ground-{place % GROUNDS}{' again' if place >= GROUNDS else ''}"
        marks[value] = Mark(value=value, text=texts[value], look=f"{kind} {ground}", count=values[value])
    return marks


def short_texts(values: Iterable[str]) -> dict[str, str]:
    """Return a text of few letters for each of *values*, all different."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for value in values:
        found[value] = next(text for text in _candidates(value) if text not in taken)
        taken.add(found[value])
    return found


def _candidates(value: str) -> Iterator[str]:
    """Yield shorter and longer texts for *value*, at last numbered ones without end."""
    words = re.findall(r"\w+", value)
    plain = "".join(words)
    if len(value) <= LETTERS:
        yield value
    number = re.search(r"\d+$", value)
    if number and len(number[0]) < LETTERS:
        yield plain[0].upper() + number[0]
    if len(words) > 1:
        yield "".join(word[0] for word in words[:LETTERS]).upper()
    for length in (2, 3, LETTERS):
        if plain[:length]:
            yield plain[:length].capitalize()
    for further in count(2):
        yield f"{plain[:2].capitalize()}{further}"


def _natural(value: str) -> tuple[tuple[int, float, str], ...]:
    """Return a key that puts 2 before 10, also inside of a text."""
    pieces = re.findall(r"\d+(?:\.\d+)?|[^\d]+", value.casefold())
    return tuple((0, float(piece), "") if piece[0].isdecimal() else (1, 0.0, piece) for piece in pieces)
