"""Kinds that say when a pod meets."""

import math
from datetime import time, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from convener.documents import Frozen, SpanText
from convener.rulesets.fields import CalendarText, RangeText, ShareText, TimeText

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class SessionGap(Frozen):
    """Days from the start date of one session to the start date of the next."""

    min: SpanText
    """Shortest gap."""
    max: SpanText
    """Longest gap."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min.days > self.max.days:
            raise ValueError(f"min {self.min} is longer than max {self.max}")
        return self


class SessionWindow(Frozen):
    """Weekdays and hours a session lies in, on the programme's or on every member's wall clock."""

    days: tuple[Weekday, ...] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1)
    """Weekdays."""
    between: tuple[TimeText, TimeText] = (time(9), time(17))
    """Begin and end of the window."""
    zone: Literal["programme", "member"] = "programme"
    """Whose wall clock: the programme's, or every member's."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.between[0] >= self.between[1]:
            raise ValueError("between must begin before it ends")
        return self


class SessionPattern(Frozen):
    """Sessions of a pod fall alike: in the same week of the month, on the same weekday, at the same time."""

    same: tuple[Literal["week-of-month", "weekday", "time"], ...] = Field(min_length=1)
    """What is alike."""


class Blackout(Frozen):
    """No session on these days."""

    dates: tuple[RangeText, ...] = Field(min_length=1)
    """First and last day."""


class Holidays(Frozen):
    """No session on a public holiday of the client, nor of a coach or member whose calendar is known."""

    also: tuple[CalendarText, ...] = ()
    """Further calendars, for example `["IE"]`."""


class Quorum(Frozen):
    """How many members can come, a count or a share rounded up, and whether the coach must."""

    members: Annotated[int, Field(ge=1, strict=True)] | ShareText
    """A number, or a share rounded up."""
    coach: bool = False
    """Whether the coach must be there too."""

    def needed(self, size: int) -> int:
        """Return how many of *size* members must be able to come."""
        return min(self.members, size) if isinstance(self.members, int) else math.ceil(self.members * size)


class Notice(Frozen):
    """How long before a session it may still be moved or cancelled, and what a later cancellation counts as."""

    min: SpanText
    """Notice."""
    late_is: str = "missed"
    """A status of the `attendance-status` rule."""

    @property
    def length(self) -> timedelta:
        """The notice as it counts to the minute; months and working days have no fixed length and ask for none."""
        return self.min.as_timedelta() if self.min.is_exact else timedelta()
