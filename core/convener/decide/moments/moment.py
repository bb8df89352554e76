"""What an occurrence is about, and when it is."""

from dataclasses import dataclass
from datetime import datetime

from convener.model import Event, PollRequest, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What an occurrence is about: the programme, or one session, event or poll of it."""

    subject: str
    session: Session | None = None
    event: Event | None = None
    poll: PollRequest | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One moment of an automation with its instant and slot, whenever that is."""

    moment: Moment
    instant: datetime
    slot: str
