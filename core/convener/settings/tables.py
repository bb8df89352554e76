"""The tables of `config.toml`, as they are written."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from convener.documents import EmailText, Frozen, IdText, SpanText, refuse
from convener.model import Span

_MINUTE = Span.parse("1 minute")
_SHORTEST_LEASE = 30.0


def _url(value: str) -> str:
    """Refuse a database we do not speak to; the address may hold a password, so that it is not repeated."""
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise refuse(
            "bad-database",
            "not the URL of an SQLite or PostgreSQL database",
            "for example 'sqlite:///var/convener.db' or 'postgresql+psycopg://host/convener'",
        )
    return value


def _exact(value: Span) -> Span:
    if not value.is_exact or not value.count:
        raise ValueError(f"'{value}' is not a rhythm, for example '1 minute' or '2 hours'")
    return value


Rhythm = Annotated[SpanText, AfterValidator(_exact)]
"""`"10 minutes"`: a length of time that is the same everywhere, and not nothing."""


class SenderTable(Frozen):
    """`[sender]`."""

    name: str = Field(default="Convener", min_length=1)
    """Name in From."""
    email: EmailText = "convener@localhost"
    """Address in From."""


class DaemonTable(Frozen):
    """`[daemon]`."""

    tick: Rhythm = _MINUTE
    """How often it decides what is due."""
    sync: Rhythm = Span.parse("1 hour")
    """How often it reads the rosters."""
    deliver: Rhythm = _MINUTE
    """How often it sends what is due."""
    housekeeping: Rhythm = Span.parse("1 day")
    """How often it clears up."""
    rules: Rhythm = _MINUTE
    """How often it looks whether rule files or templates have changed."""
    lease: Rhythm = Span.parse("5 minutes")
    """A message longer on the wire is taken for lost and settled; at least 30 seconds."""

    @model_validator(mode="after")
    def _patient(self) -> Self:
        if self.lease.as_timedelta().total_seconds() < _SHORTEST_LEASE:
            raise ValueError("lease is shorter than 30 seconds, so that messages could be sent twice")
        return self


class ConnectorTable(Frozen):
    """The one key of `[connectors.NAME]` that is ours; the plugin knows the others."""

    plugin: str = Field(min_length=1)


class ConfigFile(Frozen):
    """`config.toml`."""

    database: Annotated[str, AfterValidator(_url)] = "sqlite:///var/convener.db"
    """`sqlite:///PATH`, relative to the workspace, or `postgresql+psycopg://…`."""
    redirect_all: EmailText | None = None
    """Every message goes to this address instead of its recipient."""
    plugins: tuple[IdText, ...] = ()
    """Installed plugins whose facts and kinds of rule the rule files may use."""
    sender: SenderTable = SenderTable()
    daemon: DaemonTable = DaemonTable()
    connectors: dict[IdText, dict[str, Any]] = Field(default_factory=dict)
