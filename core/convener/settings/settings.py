"""The configuration of a workspace, as the core uses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from convener.errors import Place
from convener.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorConfig:
    """One `[connectors.NAME]`."""

    name: str
    plugin: str
    """Name of the plugin that serves it."""
    senders: int = 4
    """How many messages it may have on the wire at once."""
    per_minute: int = 0
    """How many messages a minute at most; 0 for as many as it takes."""
    isolated: bool | None = None
    """Whether it works in a process of its own; None for what is usual with its plugin."""
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Every other key of the table, secrets filled in."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `config.toml` and the environment say."""

    file: str
    """The file it was read from: `config.toml`, or `config.example.toml` where there is no other."""
    database: str = field(repr=False)
    """URL of the database; a path in it is relative to the workspace."""
    engine: Literal["embedded", "procrastinate"]
    """Who does the daemon's work."""
    sender_name: str
    """Name in the From of messages."""
    sender_email: str
    """Address in the From of messages."""
    redirect_all: str
    """Address that gets every message instead of its recipient; empty to send to recipients."""
    tick: Span
    """How often the daemon decides."""
    sync: Span
    """How often the daemon reads rosters."""
    deliver: Span
    """How often the daemon sends what is due."""
    housekeeping: Span
    """How often the daemon clears up."""
    rules: Span
    """How often the daemon looks whether rule files or templates have changed."""
    lease: float
    """Seconds a dispatch may be on the wire before it is taken for lost."""
    longest_job: float
    """Seconds after which a daemon that is still at the same work is not alive."""
    listen: str
    """Where the daemon answers for its health; port 0 for nowhere."""
    ping: str = field(repr=False)
    """Address that is asked after a good round; empty for none."""
    ping_every: float
    """Seconds between two pings at least."""
    bodies: Span
    """How long the text of a settled message is kept."""
    comments: Span
    """How long notes and comments are kept."""
    connectors: Mapping[str, ConnectorConfig]
    """The configured connectors by name, in the order written."""
    plugins: Mapping[str, Place]
    """The plugins whose facts and kinds rules may use, in the order written, and where each is named."""

    @property
    def sender(self) -> Mapping[str, str]:
        """Options that connectors take from here when their own table leaves them out."""
        return {"sender_name": self.sender_name, "sender_email": self.sender_email}
