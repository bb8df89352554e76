"""What parent and child say to each other, pickled, over a pipe that nobody else holds."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from convener.errors import (
    AmbiguousError,
    ConnectorError,
    ConvenerError,
    DataError,
    PermanentError,
    PluginError,
    RetryError,
)
from convener.ports import Connector, Table

KINDS = (PermanentError, RetryError, AmbiguousError, ConnectorError, DataError, PluginError, ConvenerError)
"""Errors that cross the pipe, the narrowest first; a plugin's own kinds of them cross as these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a child makes its connector: the first thing it is told."""

    name: str
    """Name of the connector in the configuration."""
    make: Callable[[], Connector] = field(repr=False)
    """Makes it; pickled, so a class and its arguments."""
    deadline: float
    """Seconds one call may take."""
    most_calls: int = 2_000
    """Calls after which a child makes room for a new one, whatever it has piled up."""
    most_memory: int = 512 * 1024**2
    """Bytes in memory after which it does so at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: which port of the connector, which method, with what."""

    port: str
    """Method of `Connectors` that hands the port out."""
    method: str
    arguments: tuple[object, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How it ended."""

    value: object = field(default=None, repr=False)
    error: ConvenerError | None = None
    """What is to be raised instead of returning the value."""
    last: bool = False
    """Whether this child has done enough: the next call is for a new one."""


def crossing(error: ConvenerError) -> ConvenerError:
    """Return *error* as one of `KINDS` with its words and what it knows, so that the other side can read it."""
    kind = next(kind for kind in KINDS if kind in type(error).__mro__)
    told = kind(str(error))
    vars(told).update({name: value for name, value in vars(error).items() if name in vars(told)})
    return told


def passable(value: object) -> object:
    """Return *value* so that it can be pickled if it can at all: the rows of a table may be views of anything."""
    if isinstance(value, Table):
        return replace(value, rows=tuple(replace(row, values=dict(row.values)) for row in value.rows))
    return value
