"""What plugin authors see, as type checkers read it; never run.

mypy and pyright read this file: `assert_type` says what a type must be, and a line with an expected error stays an
error, because both report a suppression that nothing needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, assert_type

from convener import (
    AmbiguousError,
    Attachment,
    Connector,
    ConnectorError,
    ConvenerError,
    DataError,
    InviteMethod,
    Messenger,
    Parcel,
    PermanentError,
    Polls,
    Publication,
    ReportSink,
    RetryError,
    RosterSource,
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
    assert_type(build_message(parcel, "Team", "team@client.example"), EmailMessage)


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
