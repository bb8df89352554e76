"""What the names in a clause stand for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from convener.expressions.nodes import Node, Typed
from convener.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts there are, and the names that macros have given to the values of lists."""

    facts: Mapping[str, Fact]
    variables: Mapping[str, str] = field(default_factory=dict)
    """Type by name."""

    def within(self, name: str, kind: str) -> "Scope":
        """Return the scope of a macro's condition, in which *name* is a *kind*."""
        return replace(self, variables={**self.variables, name: kind})


Check = Callable[[Node, Scope], Typed]
"""What gives a part of a clause its type."""


def elements(kind: str) -> str:
    """Return the type of a list's values, empty for what is no list."""
    return kind[len("list(") : -1] if kind.startswith("list(") else ""
