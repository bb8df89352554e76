"""Lays the tables of one file over those below it; every key remembers where it was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from convener.documents import Document, Spot
from convener.errors import Place, Problem

Written = tuple[str, Spot, tuple[tuple[str, Spot], ...], str]
"""A laid table as a value: its id, its first spot, the spot of each key, and the reason."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One table as it stands after some layers: the value of each key, and where that value was written."""

    id: str
    first: Spot
    """Where the table was written first."""
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """Each key's own spot."""
    said: str = ""
    """The reason of the highest layer that gave one."""

    @property
    def data(self) -> dict[str, Any]:
        """The effective table."""
        return {key: spot.value for key, spot in self.spots.items()}

    @property
    def places(self) -> dict[str, Place]:
        """Where each effective key was written."""
        return {key: spot.place() for key, spot in self.spots.items()}

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path* stands, or the table when no layer wrote it."""
        return self._spot(path).place(*path[1:])

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path* begins, or the table when no layer wrote it."""
        return self._spot(path).value_place(*path[1:])

    def _spot(self, path: tuple[str | int, ...]) -> Spot:
        return self.spots.get(str(path[0]), self.first) if path else self.first

    @property
    def written(self) -> "Written":
        """What the table is made of, as a value that tells it from any other."""
        return self.id, self.first, tuple(self.spots.items()), self.said

    @classmethod
    def of(cls, written: "Written") -> "Laid":
        """Return the table made of *written*."""
        name, first, spots, said = written
        return cls(name, first, dict(spots), said)

    def over(self, spots: Mapping[str, Spot], said: str) -> "Laid":
        """Return this table with *spots* laid over it."""
        return replace(self, spots={**self.spots, **spots}, said=said or self.said)


@dataclass(frozen=True, slots=True)
class Layer:
    """The tables one file, or one part of a file, adds."""

    rules: Mapping[str, Spot]
    automations: Mapping[str, Spot]
    polls: Mapping[str, Spot]


def layer_of(document: Document, *path: str) -> Layer:
    """Return the layer written under *path* of a document; what is not a table is left to the check of the file."""
    at = Spot(document, path)
    return Layer(
        rules=dict(tables_in(at / "rules")),
        automations=dict(tables_in(at / "automations")),
        polls=dict(tables_in(at / "polls")),
    )


def tables_in(spot: Spot) -> Iterator[tuple[str, Spot]]:
    """Yield the tables inside the table at *spot* by their key; nothing when there is no table."""
    try:
        value = spot.value
    except (LookupError, TypeError):
        return
    if isinstance(value, dict):
        yield from ((key, spot / key) for key, inner in value.items() if isinstance(inner, dict))


def said_in(spot: Spot) -> str:
    """Return the reason that the table at *spot* gives, or an empty string."""
    reason = spot.value.get("reason") or spot.value.get("why") or ""
    return reason if isinstance(reason, str) else ""


def reason_missing(name: str, spot: Spot, below: Place) -> Problem:
    """Return the problem of changing what stands *below* without saying why."""
    return Problem(
        code="reason-missing",
        message=f"{name} changes what {below} says and gives no reason",
        place=spot.place(),
        hint='add reason = "…" to this table',
    )
