"""What a clause is made of, before and after its types are known."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "truth",
    "int",
    "float",
    "string",
    "list",
    "name",
    "call",
    "method",
    "index",
    "not",
    "negative",
    "arithmetic",
    "compare",
    "member",
    "and",
    "or",
    "choice",
]
"""Kinds of nodes a clause is read into; each is a rule of the grammar."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a clause as it was written."""

    kind: Kind
    start: int
    """Character at which it begins, counted from 0; brackets around it are part of it."""
    end: int
    """Character after its last."""
    parts: "tuple[Node, ...]" = ()
    """Operands from left to right; a method's receiver is the first."""
    word: str = ""
    """The operator, the name, or the text of a literal."""
    at: int = 0
    """Where `word` stands."""
    depth: int = 1
    """Levels of nodes and brackets, itself included."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of a clause whose names and types have been checked."""

    kind: str
    """`constant`, `fact`, `has`, `variable`, `call`, `macro` or, for operators, the kind of its node."""
    type: str
    node: Node
    parts: "tuple[Typed, ...]" = ()
    word: str = ""
    """The operator, the name of the fact or variable, or the name of the function."""
    value: object = None
    """A constant's value; a call's work."""
    cost: int = 1
    """The most steps that evaluating it takes, where a fact is a list of the longest kind."""
