"""`[pretend]` and `[given]`: how things are before a test."""

from datetime import date
from typing import Literal

from pydantic import Field

from convener.documents import EmailText, Frozen, IdText, SpanText
from convener.model import Span, Unit
from convener.operations.scenarios.fields import DayText, MomentText, SessionName
from convener.rulesets.fields import CalendarText, ZoneText

STATUSES = Literal["unscheduled", "proposed", "confirmed", "held", "cancelled"]
DEFAULT_START = date(2027, 1, 18)
"""When a pretended programme starts unless it says so: a Monday."""


class PretendTable(Frozen):
    """`[pretend]`: the programme that the tests of a pack are about; a client's file names one of its own instead."""

    starts: DayText = Field(default_factory=lambda: DEFAULT_START)
    sessions: int = Field(default=3, ge=1, le=200)
    """How many."""
    length: SpanText = Span(2, Unit.HOUR)
    timezone: ZoneText = "Europe/London"
    holidays: CalendarText = "GB-ENG"
    channels: tuple[Literal["email", "text", "calendar", "reports"], ...] = ("email", "text", "calendar", "reports")
    """Channels that have a connector."""


class PersonTable(Frozen):
    """Somebody: a manager, a coach, or a participant with the keys of `ParticipantTable` besides."""

    email: EmailText | None = None
    """Made from the name when it does not matter."""
    mobile: bool = True
    """Whether they can be sent a text."""
    timezone: ZoneText | Literal[""] = ""
    """Empty for the programme's."""
    holidays: CalendarText | Literal[""] = ""
    """Their own calendar, besides the client's."""


class ParticipantTable(PersonTable):
    """One participant."""

    pod: str | None = None
    """The first pod unless it says another; empty for none."""
    manager: str | None = None
    """The first manager unless it says another; empty for none."""
    status: Literal["active", "seconded", "withdrawn"] = "active"
    joined: DayText | None = None
    """First day in the programme; a month before `now` without."""
    attributes: dict[str, str] = Field(default_factory=dict)
    """Other columns of the roster."""


class PodTable(Frozen):
    """One pod."""

    coach: str | None = None
    """The first coach unless it says another; empty for none."""


class SessionTable(Frozen):
    """One session that needs more than the moment it starts."""

    starts: MomentText | None = None
    """On the programme's wall clock; without, the session is unscheduled."""
    ends: MomentText | None = None
    """Without, as long as the rules say."""
    status: STATUSES = "confirmed"
    topic: str = "Topic"
    attendance: dict[str, str] = Field(default_factory=dict)
    """Who had which status, where the register is in already."""


class PollTable(Frozen):
    """One poll that somebody was asked already."""

    poll: str
    who: str
    about: SessionName | None = None
    """A session; the programme without."""
    opened: MomentText
    closes: MomentText | None = None
    """Without, as the poll's rule says."""
    answered: MomentText | None = None


class GivenTable(Frozen):
    """`[given]`: how things are before the first step; every test may change keys of it."""

    now: MomentText | None = None
    """When the tests begin, on the programme's wall clock; eight weeks before the programme starts without."""
    state: Literal["live", "draft"] = "live"
    """A live programme has been live since before anything that is given."""
    participants: dict[IdText, ParticipantTable] = Field(default_factory=dict, max_length=200)
    managers: dict[IdText, PersonTable] = Field(default_factory=dict, max_length=200)
    coaches: dict[IdText, PersonTable] = Field(default_factory=dict, max_length=50)
    pods: dict[IdText, PodTable] = Field(default_factory=dict, max_length=50)
    sessions: dict[str, MomentText | SessionTable] = Field(default_factory=dict, max_length=200)
    """By number, or by pod and number: `"north/1"`; a number alone is a session of every pod."""
    polls: tuple[PollTable, ...] = Field(default=(), max_length=200)
