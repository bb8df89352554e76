"""A table, or a value, and where it stands."""

from dataclasses import dataclass
from typing import Any, Protocol

from convener.documents.document import Document
from convener.errors import Place


class Locator(Protocol):
    """Knows where the keys and values of one table stand."""

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path* stands."""
        ...

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path* begins."""
        ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A table, or a value, inside a document."""

    document: Document
    path: tuple[str | int, ...] = ()

    @property
    def value(self) -> Any:
        """What is written here; raises LookupError when nothing is."""
        value: Any = self.document.data
        for part in self.path:
            value = value[part]
        return value

    def __truediv__(self, key: str | int) -> "Spot":
        return Spot(self.document, (*self.path, key))

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path*, seen from here, stands."""
        return self.document.place(*self.path, *path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path*, seen from here, begins."""
        return self.document.value_place(*self.path, *path)


@dataclass(frozen=True, slots=True)
class Within:
    """The table at *prefix* of another."""

    at: Locator
    prefix: tuple[str | int, ...]

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path*, seen from here, stands."""
        return self.at.place(*self.prefix, *path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path*, seen from here, begins."""
        return self.at.value_place(*self.prefix, *path)
