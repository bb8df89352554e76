"""Every condition of a clause with its value: what `explain` shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from convener.expressions.compiler import RunAll, compiled_all
from convener.expressions.nodes import Typed

_JOINING = frozenset({"and", "or", "not", "choice"})
_KEPT = 4_096


class Part(NamedTuple):
    """One condition of a clause and what it came to; a tuple, because it is made for every condition shown."""

    source: str
    """As it was written."""
    depth: int
    """How many conditions it is part of."""
    names: tuple[str, ...]
    """Facts it speaks of."""
    value: bool | None
    """None for unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracer:
    """What is needed to trace a clause, which few are: it is compiled for that when it is asked first."""

    source: str
    typed: Typed
    names: tuple[str, ...]
    """Facts the clause speaks of, in order."""


def parts_of(tracer: Tracer, facts: Mapping[str, object]) -> tuple[Part, ...]:
    """Return every condition of the clause with its value under *facts*, the clause itself first."""
    prepared = _prepared(tracer)
    return tuple(map(Part, prepared.sources, prepared.depths, prepared.names, prepared.run(facts)))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The conditions of a clause, column by column."""

    sources: tuple[str, ...]
    depths: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]
    run: RunAll


@lru_cache(maxsize=_KEPT)
def _prepared(tracer: Tracer) -> _Prepared:
    parts, depths = zip(*_conditions(tracer.typed, 0), strict=True)
    return _Prepared(
        sources=tuple(tracer.source[part.node.start : part.node.end] for part in parts),
        depths=depths,
        names=tuple(tuple(sorted(set(spoken(part)))) for part in parts),
        run=compiled_all(parts, frozenset(tracer.names)),
    )


def _conditions(part: Typed, depth: int) -> Iterator[tuple[Typed, int]]:
    yield part, depth
    if part.kind in _JOINING:
        for inner in part.parts:
            yield from _conditions(inner, depth + 1)


def spoken(part: Typed) -> Iterator[str]:
    """Yield the facts *part* speaks of, each as often as it does."""
    if part.kind in ("fact", "has"):
        yield part.word
    for inner in part.parts:
        yield from spoken(inner)
