"""What has gone out lately: all that the volume guard must know of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

REMEMBERED = timedelta(days=60)
"""How far back the days of a programme are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Counts of messages that the ledger holds already; without any, nothing has gone out."""

    per_day: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Messages to (address without letter case, ISO date on their own wall clock), of all clients."""
    days: tuple[int, ...] = ()
    """Messages of the programme on each day of the last 60 that had any, today aside."""
    today: int = 0
    """Messages of the programme already in the ledger that are due today."""
    last: Mapping[str, datetime] = field(default_factory=dict)
    """The latest due instant by automation id."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Keys of the programme's dispatches that a volume guard holds now, and the id of the guard."""
