"""The tables of `config.toml`, as they are written."""

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from convener.documents import EmailText, Frozen, IdText, SpanText, refuse
from convener.model import Span

_MINUTE = Span.parse("1 minute")
_SHORTEST_LEASE = 30.0
_LISTEN = re.compile(r"(?P<host>[^\s:/]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
_HIGHEST_PORT = 65535
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


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


def _listen(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if not found or int(found["port"]) > _HIGHEST_PORT:
        raise ValueError("listen names no host and port, for example '127.0.0.1:9464', or '127.0.0.1:0' for nowhere")
    return value


def _ping(value: str) -> str:
    """Refuse what would go out in the clear; the address may hold a token, so that it is not repeated."""
    try:
        url = urlsplit(value)
        host, _ = url.hostname, url.port  # a port that is none raises ValueError
    except ValueError:
        raise ValueError("ping is no address, for example 'https://host/path'") from None
    if value and not (host and (url.scheme == "https" or (url.scheme == "http" and host in _LOOPBACK))):
        raise ValueError("ping is not an https:// address, or an http:// one of this machine")
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
    longest_job: Rhythm = Span.parse("15 minutes")
    """A daemon whose work takes longer than this is not alive: `/livez` says so, and systemd starts it again."""
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:9464"
    """Where `/livez`, `/readyz` and `/metrics` answer; port 0 means nowhere."""
    ping: Annotated[str, AfterValidator(_ping)] = ""
    """An `https://` address that is asked after every good round, so that somebody hears when that ends."""
    ping_every: Rhythm = Span.parse("5 minutes")
    """How often it is asked at most."""

    @model_validator(mode="after")
    def _patient(self) -> Self:
        if self.lease.as_timedelta().total_seconds() < _SHORTEST_LEASE:
            raise ValueError("lease is shorter than 30 seconds, so that messages could be sent twice")
        return self


class RetentionTable(Frozen):
    """`[retention]`; a client's rule of kind `retention` may say otherwise for its own."""

    bodies: SpanText = Span.parse("30 days")
    """How long the text of a message is kept once it is settled."""
    comments: SpanText = Span.parse("24 months")
    """How long notes and comments are kept."""


class ConnectorTable(Frozen):
    """The keys of `[connectors.NAME]` that are ours; the plugin knows the others."""

    plugin: str = Field(min_length=1)
    """Name of the installed plugin that serves it."""
    senders: int = Field(default=4, ge=1, le=32)
    """How many messages it may have on the wire at once."""
    per_minute: int = Field(default=0, ge=0)
    """How many messages a minute at most; 0 for as many as it takes."""
    isolated: bool | None = None
    """Whether it works in a process of its own that can be ended; as a rule, what we did not write does."""


class ConfigFile(Frozen):
    """`config.toml`."""

    database: Annotated[str, AfterValidator(_url)] = "sqlite:///var/convener.db"
    """`sqlite:///PATH`, relative to the workspace, or `postgresql+psycopg://…`."""
    engine: Literal["embedded", "procrastinate"] = "embedded"
    """`embedded`: one daemon; `procrastinate`: any number of them, on PostgreSQL."""
    redirect_all: EmailText | None = None
    """Every message goes to this address instead of its recipient."""
    plugins: tuple[IdText, ...] = ()
    """Installed plugins whose facts and kinds of rule the rule files may use."""
    sender: SenderTable = SenderTable()
    daemon: DaemonTable = DaemonTable()
    retention: RetentionTable = RetentionTable()
    connectors: dict[IdText, dict[str, Any]] = Field(default_factory=dict)
