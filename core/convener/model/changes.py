"""Typed, dated alterations of the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """*person* leaves the programme from *on*; past attendance stays."""

    person: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """*person* is seconded from *on*, perhaps to another time zone or pod; enrolled all the while."""

    person: str
    on: date
    until: date | None = None
    zone: str = ""
    pod: str = ""
    """Pod they join while away; empty when they pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """*person* comes back from *on*, to *pod* or to the one they left."""

    person: str
    on: date
    pod: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewManager:
    """*person* reports to another line manager from *on*."""

    person: str
    on: date
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promote:
    """*person* has another post from *on*: other values in columns of the roster, perhaps another line manager."""

    person: str
    on: date
    attributes: Mapping[str, str] = field(default_factory=dict)
    """New value by column, in its normalised name: `{"grade": "8b"}`."""
    manager_name: str = ""
    manager_email: str = ""
    """Both or neither; with neither the line manager stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePod:
    """*person* moves to *pod* from *on*."""

    person: str
    on: date
    pod: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapCoach:
    """*pod* gets *coach* from *on*."""

    pod: str
    on: date
    coach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSession:
    """*session* takes place at *starts* instead; an aware instant."""

    session: str
    starts: datetime
    ends: datetime | None = None
    """None keeps the length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSession:
    """*session* does not take place and no other day stands in for it."""

    session: str
    reason: str
    """Why, for whoever reads what came of it; it is not kept."""


Change = Withdraw | Second | Return | NewManager | Promote | MovePod | SwapCoach | MoveSession | CancelSession
