"""In-memory twins: what each port promises, without any other side."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import ClassVar

from convener.errors import ConvenerError, DataError
from convener.model import Parcel
from convener.ports import Publication, Settlement, Table, TableRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSettings:
    """A twin needs no options."""


class Twin:
    """What every twin shows as a connector."""

    plugin: ClassVar[str] = "memory"
    settings: ClassVar[type[NoSettings]] = NoSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 1.0

    def __init__(self, settings: NoSettings | None = None, workspace: Path | None = None) -> None:
        """Take what every connector takes; neither is used."""


class KeepingTwin(Twin):
    """A messenger that keeps what it was given, and fails as it was told; several threads may call it at once."""

    def __init__(self, settings: NoSettings | None = None, workspace: Path | None = None) -> None:
        super().__init__(settings, workspace)
        self.sent: list[Parcel] = []
        """Every parcel taken, repeats included, in order: the wire."""
        self.failures: deque[ConvenerError | None] = deque()
        """What the next calls raise, in order; None lets one through."""
        self._lock = Lock()

    def send(self, parcel: Parcel) -> str:
        """Keep *parcel*, or raise the next of the failures."""
        with self._lock:
            failure = self.failures.popleft() if self.failures else None
            if failure is not None:
                raise failure
            self.sent.append(parcel)
            return f"memory: {len(self.sent)}"


class MemoryMessenger(KeepingTwin):
    """A messenger whose repeats the other side recognises."""

    @property
    def arrived(self) -> Mapping[str, Parcel]:
        """What the recipients have, by message id: a repeat is recognised."""
        return {parcel.message_id: parcel for parcel in tuple(self.sent)}


class MemoryLookup(KeepingTwin):
    """A messenger whose other side takes a repeat for a second message, but tells what it holds."""

    settlement: ClassVar[Settlement] = Settlement.LOOKUP

    def arrived(self, message_id: str) -> bool:
        """Tell whether a parcel of that id was kept."""
        return any(parcel.message_id == message_id for parcel in tuple(self.sent))


class MemoryRoster(Twin):
    """A source of people that holds tables by name."""

    def __init__(self, settings: NoSettings | None = None, workspace: Path | None = None) -> None:
        super().__init__(settings, workspace)
        self.rosters: dict[str, Table] = {}
        """Tables by the path that names them."""
        self.coaches: Table | None = None

    def read_roster(self, path: str) -> Table:
        """Return the table called *path*; raise DataError when there is none."""
        if path not in self.rosters:
            raise DataError(f"{path}: no such file")
        return self.rosters[path]

    def read_coaches(self) -> Table | None:
        """Return the coaches, or None."""
        return self.coaches


class MemoryPolls(Twin):
    """Answers by client and programme."""

    def __init__(self, settings: NoSettings | None = None, workspace: Path | None = None) -> None:
        super().__init__(settings, workspace)
        self.answers: dict[tuple[str, str], Table] = {}

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return the answers of that programme, or None while there are none."""
        return self.answers.get((client, programme))


class MemorySink(Twin):
    """A report sink that keeps the last publication of each name and day."""

    def __init__(self, settings: NoSettings | None = None, workspace: Path | None = None) -> None:
        super().__init__(settings, workspace)
        self.published: dict[str, Publication] = {}
        """Publications by their place."""

    def publish(self, publication: Publication) -> str:
        """Keep *publication* in place of an earlier one of the same name and day."""
        parts = (publication.client, publication.programme, publication.name, publication.as_of.isoformat())
        place = "memory:" + "/".join(parts)
        self.published[place] = publication
        return place


def table_of(source: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table as a file of these lines would give it."""
    numbered = enumerate(rows, start=2)
    return Table(
        source=source,
        header=tuple(header),
        rows=tuple(TableRow(line=line, values=dict(zip(header, row, strict=True))) for line, row in numbered),
    )
