"""What a fact is: one thing a clause may speak of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

ScalarType = Literal["bool", "int", "float", "string", "timestamp", "duration"]
"""Types of single values, by the names ops read in the documentation."""
ListType = Literal["list(bool)", "list(int)", "list(float)", "list(string)", "list(timestamp)", "list(duration)"]
"""Types of lists; all values of a list have one type."""
FactType = ScalarType | ListType
"""Types of the language."""

_RESERVED = "as break const continue else false for function if import in let loop namespace null package return true"
WORDS_OF_CEL = frozenset((*_RESERVED.split(), "var", "void", "while"))
"""Words no name may have, because CEL keeps them for itself."""
_PART = r"[a-z][a-z0-9_]*"
_NAME = re.compile(rf"{_PART}(?:\.{_PART})+")
_LEAST, _MOST = -(2**63), 2**63 - 1
_PYTHON: Mapping[str, type] = {
    "bool": bool,
    "int": int,
    "float": float,
    "string": str,
    "timestamp": datetime,
    "duration": timedelta,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known of a subject at a moment; raise ValueError for one that no clause could use."""

    name: str
    """A dotted name, in small letters, digits and underscores: `session.number`."""
    type: FactType
    nullable: bool = False
    """Whether it can be unknown: not recorded yet, or not applicable."""
    unit: str = ""
    values: tuple[str, ...] = ()
    """All the strings it can be, where they are a closed set; a clause that names another is refused."""
    meaning: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or not WORDS_OF_CEL.isdisjoint(self.name.split(".")):
            raise ValueError(f"{self.name!r} cannot be the name of a fact; write it like 'session.number'")
        if self.type not in (*get_args(ScalarType), *get_args(ListType)):
            raise ValueError(f"fact {self.name!r}: there is no type {self.type!r}")
        if self.values and self.type not in ("string", "list(string)"):
            raise ValueError(f"fact {self.name!r} is a {self.type}; only strings have a closed set of values")
        if not self.meaning:
            raise ValueError(f"fact {self.name!r} does not say what it means")

    def accepts(self, value: object) -> bool:
        """Tell whether *value* is of the fact's type, or None for unknown.

        Timestamps must know their zone, whole numbers must fit 64 bits and lists hold values of one type.
        A string outside `values` is accepted: it is compared like any other.
        """
        if value is None:
            return True
        if self.type.startswith("list("):
            inner = self.type[len("list(") : -1]
            return isinstance(value, list | tuple) and all(_is(inner, each) for each in value)
        return _is(self.type, value)


def _is(kind: str, value: object) -> bool:
    if not isinstance(value, _PYTHON[kind]):
        return False
    if isinstance(value, bool):
        return kind == "bool"
    if isinstance(value, int):
        return _LEAST <= value <= _MOST
    return value.tzinfo is not None if isinstance(value, datetime) else True
