"""What the core asks of plugins: one small protocol for each kind of work, and the shape of a fact and of a kind.

A connector raises `PermanentError`, `RetryError` or `AmbiguousError` when the other side does not take
something, and `DataError` when a file cannot be read. It never retries by itself: the ledger does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from convener.model import Parcel, Register, Session
from convener.model.facts import Fact


class Settlement(StrEnum):
    """How a dispatch is settled that was on the wire when the process died."""

    SAME_ID = "same-id"
    """Send again with the same Message-ID; the other side recognises it."""
    LOOKUP = "lookup"
    """Read back whether it arrived."""
    ASK = "ask"
    """A person decides; until then it is `in_doubt`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table, every value a string in NFC, and the line it stands on."""

    line: int
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and rows, from a file or a sheet, not yet understood."""

    source: str
    """What a person would call it: a path or the name of a sheet."""
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A finished report: one content, several formats."""

    client: str
    programme: str
    name: str
    as_of: date
    files: Mapping[str, bytes] = field(repr=False)
    """Content by file ending: `html`, `csv`, `json`."""


class Connector(Protocol):
    """What every connector class shows, whatever it does."""

    plugin: ClassVar[str]
    """Name in `[connectors.x] plugin = "…"`; equals the entry point's."""
    settings: ClassVar[type[Any]]
    """A frozen dataclass: its fields are the keys of `[connectors.x]`, with `metadata={"help": …}` for the docs."""
    settlement: ClassVar[Settlement]
    deadline: ClassVar[float]
    """Seconds one call may take."""

    def __init__(self, settings: Any, workspace: Path) -> None: ...


@runtime_checkable
class RosterSource(Protocol):
    """Reads people."""

    def read_roster(self, path: str) -> Table:
        """Return the roster that *path* names; raise DataError when it cannot be read."""
        ...

    def read_coaches(self) -> Table | None:
        """Return the coaches, or None when this source has none."""
        ...


@runtime_checkable
class Polls(Protocol):
    """Brings answers in."""

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return the answers to a dates poll, rows people and columns slots, or None when there are none yet."""
        ...


@runtime_checkable
class Messenger(Protocol):
    """Sends messages, with or without a calendar part."""

    def send(self, parcel: Parcel) -> str:
        """Hand *parcel* over and return a receipt without personal data."""
        ...


@runtime_checkable
class Lookup(Protocol):
    """Reads back what arrived; every connector whose settlement is `lookup` can."""

    def arrived(self, message_id: str) -> bool:
        """Tell whether the other side holds what was sent with that id; raise a ConnectorError when it cannot say."""
        ...


@runtime_checkable
class Resting(Protocol):
    """Holds lines or files open between calls, and can let go of them."""

    def rest(self) -> None:
        """Let go of what is held open; the next call opens it again. Several threads may call at once."""
        ...


@runtime_checkable
class ReportSink(Protocol):
    """Takes finished reports."""

    def publish(self, publication: Publication) -> str:
        """Put *publication* where its readers find it and return that place."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScene:
    """What a fact is asked about: one moment as one person lives it."""

    register: Register = field(repr=False)
    """Everybody and everything of the programme, as it stands."""
    person: str = ""
    """Id of the participant, or coach, that the fact is about; empty for none."""
    pod: str = ""
    """Id of the pod it happens in; empty for none."""
    session: Session | None = None
    """The session it is about."""
    at: datetime
    """The moment, aware; a fact that depends on time is taken here and never from a clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginFact:
    """A fact that a plugin adds to the catalogue, and where it comes from."""

    fact: Fact
    provide: Callable[[FactScene], object]
    """Return the value, of the fact's type, or None for unknown; pure, so that a rehearsal is the same as the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """A kind of rule that a plugin adds: what such a rule says, and when it is broken."""

    name: str
    """What `kind = "…"` names, for example `room-capacity`."""
    terms: type[Any]
    """A frozen pydantic model: the keys of such a rule beside those of every rule; further keys are refused."""
    breaches: Callable[[Any, Register, date], Iterable[tuple[str, str]]]
    """Yield (subject, what is wrong) for each breach of the terms in the register on that day; pure."""
    meaning: str
    """What it demands, in one line for the reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The facts and kinds that the plugins of a configuration add to the rule language."""

    facts: Mapping[str, PluginFact] = field(default_factory=dict)
    kinds: Mapping[str, RuleKind] = field(default_factory=dict)
