"""What may happen at a moment of a test: the changes, registers and answers that `convener` knows."""

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from convener.documents import Frozen
from convener.operations.scenarios.fields import DayText, MomentText, SessionName
from convener.rulesets.fields import ZoneText


class LeaveTable(Frozen):
    """`withdraw`, when the name alone is not enough."""

    who: str
    on: DayText | None = None
    """First day it holds; that of the step without, here and in the other changes."""


class SecondTable(Frozen):
    """`second`: somebody goes on secondment."""

    who: str
    on: DayText | None = None
    until: DayText | None = None
    timezone: ZoneText | Literal[""] = ""
    pod: str = ""


class ReturnTable(Frozen):
    """`return`: somebody comes back."""

    who: str
    on: DayText | None = None
    pod: str = ""
    timezone: ZoneText | Literal[""] = ""


class PromoteTable(Frozen):
    """`promote`: somebody's roster columns, and perhaps line manager, change."""

    who: str
    on: DayText | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    manager: str = ""


class MoveTable(Frozen):
    """`manager` and `pod`: somebody gets another one."""

    who: str
    to: str
    on: DayText | None = None


class CoachTable(Frozen):
    """`coach`: a pod gets another coach."""

    pod: str
    to: str
    on: DayText | None = None


class RescheduleTable(Frozen):
    """`session`: a session moves."""

    which: SessionName
    to: MomentText
    """New start on the programme's wall clock; the length stays."""


class AttendanceTable(Frozen):
    """`attendance`: a register comes in."""

    session: SessionName
    statuses: dict[str, str] = Field(default_factory=dict)
    """Name → status."""
    others: str = ""
    """Status of every other member of the pod; without, the register says nothing of them."""


class AnswerTable(Frozen):
    """`answer`: somebody answers a poll."""

    poll: str
    who: str
    about: SessionName | None = None


class HappeningTable(Frozen):
    """A moment and the one thing that happens then; rehearsed years are written with it too."""

    at: MomentText
    """On the programme's wall clock; everything due by then goes out first."""
    withdraw: str | LeaveTable | None = None
    """Somebody leaves."""
    second: SecondTable | None = None
    """Somebody goes on secondment."""
    return_: str | ReturnTable | None = Field(default=None, alias="return")
    """Somebody comes back."""
    promote: PromoteTable | None = None
    """Somebody has another post."""
    manager: MoveTable | None = None
    """Somebody gets another line manager."""
    pod: MoveTable | None = None
    """Somebody moves to another pod."""
    coach: CoachTable | None = None
    """A pod gets another coach."""
    session: RescheduleTable | None = None
    """A session moves."""
    cancel: SessionName | None = None
    """This session is cancelled."""
    attendance: AttendanceTable | None = None
    """A register comes in."""
    answer: AnswerTable | None = None
    """Somebody answers a poll."""
    go: Literal[True] | None = None
    """The programme goes live."""

    HAPPENINGS: ClassVar[tuple[str, ...]] = (
        "withdraw", "second", "return_", "promote", "manager", "pod", "coach", "session", "cancel",
        "attendance", "answer", "go",
    )  # fmt: skip

    @property
    def happening(self) -> tuple[str, Any] | None:
        """The key and value of what happens, None when only time passes."""
        found = [(key, getattr(self, key)) for key in self.HAPPENINGS if getattr(self, key) is not None]
        return found[0] if found else None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        told = [key.strip("_") for key in self.HAPPENINGS if getattr(self, key) is not None]
        if len(told) > 1:
            raise ValueError(f"one thing happens at a time, not {' and '.join(told)}; write a table for each")
        return self
