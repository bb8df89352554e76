"""Typed, dated alterations of the register."""

from dataclasses import dataclass
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


Change = Withdraw | Second | Return | NewManager | MovePod | SwapCoach | MoveSession
