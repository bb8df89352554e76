"""What plugin authors see, as type checkers read it; never run.

mypy and pyright read this file: `assert_type` says what a type must be, and a line with an expected error stays an
error, because both report a suppression that nothing needs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, assert_type

from convener import (
    AmbiguousError,
    Attachment,
    Connector,
    ConnectorError,
    ConvenerError,
    DataError,
    Fact,
    FactScene,
    InviteMethod,
    Messenger,
    Parcel,
    PermanentError,
    PluginFact,
    Polls,
    Publication,
    Register,
    ReportSink,
    RetryError,
    RosterSource,
    RuleKind,
    Session,
    Settlement,
    Table,
    TableRow,
    build_message,
    hookimpl,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of a plugin."""

    folder: str = "var"


class Everything:
    """A connector that serves every port."""

    plugin: ClassVar[str] = "everything"
    settings: ClassVar[type[Options]] = Options
    settlement: ClassVar[Settlement] = Settlement.ASK
    deadline: ClassVar[float] = 5.0

    def __init__(self, settings: Options, workspace: Path) -> None:
        self._folder = workspace / settings.folder

    def send(self, parcel: Parcel) -> str:
        """Take a parcel."""
        raise RetryError("busy", retry_after=2.0)

    def read_roster(self, path: str) -> Table:
        """Return a roster."""
        return Table(source=path, header=("id",), rows=(TableRow(line=2, values={"id": "1"}),))

    def read_coaches(self) -> Table | None:
        """Return no coaches."""
        return None

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return no answers."""
        return None

    def publish(self, publication: Publication) -> str:
        """Return where the report is."""
        return publication.name


@hookimpl
def convener_register_connectors() -> Iterable[type[Connector]]:
    """Offer the connector."""
    return [Everything]


@dataclass(frozen=True)
class Terms:
    """Stands for a pydantic model."""

    chairs: int


def seats(scene: FactScene) -> int | None:
    """Tell a fact."""
    assert_type(scene.register, Register)
    assert_type(scene.session, Session | None)
    assert_type(scene.at, datetime)
    return len(scene.register.members(scene.pod, scene.at.date())) or None


def full(terms: Terms, register: Register, day: date) -> Iterator[tuple[str, str]]:
    """Judge a rule."""
    yield from ((pod, "full") for pod in register.pods if len(register.members(pod, day)) > terms.chairs)


@hookimpl
def convener_facts() -> Iterable[PluginFact]:
    """Offer a fact."""
    return [PluginFact(fact=Fact(name="pod.seats", type="int", nullable=True, meaning="seats"), provide=seats)]


@hookimpl
def convener_rule_kinds() -> Iterable[RuleKind]:
    """Offer a kind."""
    return [RuleKind(name="room", terms=Terms, breaches=full, meaning="every pod fits")]


def ports(it: Everything) -> tuple[Messenger, RosterSource, Polls, ReportSink]:
    """One class may serve every port."""
    return it, it, it, it


def values(parcel: Parcel, attachment: Attachment, publication: Publication, table: Table) -> None:
    """Name the fields of the values that connectors are given."""
    assert_type(parcel.message_id, str)
    assert_type(parcel.to_mobile, str)
    assert_type(parcel.calendar_method, InviteMethod | None)
    assert_type(parcel.attachments, tuple[Attachment, ...])
    assert_type(parcel.headers, Mapping[str, str])
    assert_type(attachment.content, bytes)
    assert_type(publication.files, Mapping[str, bytes])
    assert_type(table.header, tuple[str, ...])
    assert_type(table.rows, tuple[TableRow, ...])
    assert_type(table.rows[0].values, Mapping[str, str])
    assert_type(build_message(parcel, "Team", "team@client.example"), bytes)


def errors(retry: RetryError, permanent: PermanentError, ambiguous: AmbiguousError) -> list[ConnectorError]:
    """Raise what connectors raise."""
    assert_type(retry.retry_after, float | None)
    assert_type(DataError("empty", hint="fill it").hint, str)
    every: list[ConvenerError] = [retry, permanent, ambiguous]
    assert_type(every[0].hint, str)
    return [retry, permanent, ambiguous]


def refused(parcel: Parcel) -> None:
    """Stay an error."""
    parcel.subject = "other"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue] # values are frozen
    Parcel("<1@x>", "Ana")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue] # and made by keyword
    RetryError("busy", retry_after="soon")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] # seconds
    Table(source="x", header=("id",))  # type: ignore[call-arg] # pyright: ignore[reportCallIssue] # rows are needed
    Fact(name="pod.seats", type="number", meaning="x")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] # no such type
    RuleKind(name="room", terms=Terms, breaches=seats, meaning="x")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] # takes terms, register, day
