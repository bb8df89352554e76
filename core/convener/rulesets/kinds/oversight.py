"""Kinds that watch over a live programme: attendance, confidentiality, quiet hours and volume."""

from typing import Literal, Self

from pydantic import Field, RootModel, model_validator

from convener.documents import Frozen, SpanText
from convener.rulesets.fields import ShareText, TimeText


class AttendanceFloor(Frozen):
    """Each participant's share of sessions present."""

    min: ShareText
    forward: bool = False
    """Also flag when the floor can no longer be reached."""


class StatusMeaning(Frozen):
    """What one attendance status means for the figures."""

    counts: bool
    """Whether the session counts towards the participant's total."""
    present: bool
    """Whether the participant was there."""


class AttendanceStatus(RootModel[dict[str, StatusMeaning]]):
    """The client's own table of statuses."""

    model_config = Frozen.model_config | {"extra": None}

    @property
    def statuses(self) -> dict[str, StatusMeaning]:
        """The table by status."""
        return self.root


class RegisterDeadline(Frozen):
    """How soon after a session its register is in."""

    within: SpanText


class Visibility(Frozen):
    """The whitelist of fields an audience may see; nothing else leaves the house."""

    audience: Literal["sponsor", "manager", "coach", "participant"]
    fields: tuple[str, ...]


class MinimumGroup(Frozen):
    """Answers are never shown for fewer people than this, nor derivable by subtraction."""

    min: int = Field(ge=2)


class Retention(Frozen):
    """How long bodies of messages and comments are kept."""

    bodies: SpanText | None = None
    comments: SpanText | None = None


class QuietHours(Frozen):
    """When nothing is sent, on the recipient's wall clock; it goes out when the quiet ends."""

    from_: TimeText = Field(alias="from")
    to: TimeText
    weekends: bool = False


class VolumeGuard(Frozen):
    """What is more than usual and waits for a person."""

    per_person_per_day: int | None = Field(default=None, ge=1)
    plan_over_median: float | None = Field(default=None, gt=1)


class Require(Frozen):
    """Any condition that must hold for each subject before and while a programme is live."""

    each: Literal["participant", "pod", "session", "programme", "coach", "manager"]
    when: tuple[str, ...] = ()
    require: str | tuple[str, ...]

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not self.require:
            raise ValueError("needs a condition, for example require = 'manager.known'")
        return self
