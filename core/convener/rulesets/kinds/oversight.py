"""Kinds that watch over a live programme: attendance, confidentiality, quiet hours and volume."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, RootModel, WithJsonSchema, model_validator

from convener.documents import Frozen, SpanText, nearest, quoted, refuse
from convener.rulesets.fields import ShareText, TimeText
from convener.rulesets.visible import FIELDS, known


def _field(value: str) -> str:
    if not known(value):
        raise refuse("unknown-field", f"there is no field {quoted(value)} to be seen", nearest(value, FIELDS))
    return value


_FAMILIES = [field for field in FIELDS if field.endswith("*")]
FieldText = Annotated[
    str,
    AfterValidator(_field),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [
                {"enum": [each for each in FIELDS if each not in _FAMILIES]},
                {"pattern": r"\*"},
                *({"pattern": f"^{re.escape(each[:-1])}"} for each in _FAMILIES),
            ],
        }
    ),
]
"""`"participant.name"`, or several fields with `*`."""


class AttendanceFloor(Frozen):
    """Each participant's share of sessions present."""

    min: ShareText
    """Lowest share."""
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
    """Counted from the end of the session."""


class Visibility(Frozen):
    """The whitelist of fields an audience may see; nothing else leaves the house."""

    audience: Literal["sponsor", "manager", "coach", "participant"]
    """Who may see it."""
    fields: tuple[FieldText, ...]
    """Names of fields; `*` stands for anything."""


class MinimumGroup(Frozen):
    """Answers are never shown for fewer people than this, nor derivable by subtraction."""

    min: int = Field(ge=2)
    """Fewest people."""


class Retention(Frozen):
    """How long bodies of messages and comments are kept."""

    bodies: SpanText | None = None
    """Bodies of messages."""
    comments: SpanText | None = None
    """Comments."""


class QuietHours(Frozen):
    """When nothing is sent, on the recipient's wall clock; it goes out when the quiet ends."""

    from_: TimeText = Field(alias="from")
    """Begin of the quiet."""
    to: TimeText
    """End of the quiet."""
    weekends: bool = False
    """Also all weekend."""

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.from_ == self.to:
            raise ValueError(f"quiet from {self.from_:%H:%M} to {self.to:%H:%M} would never end")
        return self


class VolumeGuard(Frozen):
    """What is more than usual and waits for a person."""

    per_person_per_day: int | None = Field(default=None, ge=1)
    """Messages to one person on one day, of all clients; more wait for a person."""
    plan_over_median: float | None = Field(default=None, gt=1)
    """How many times the usual messages of a day a whole plan may have; more wait for a person."""


class Require(Frozen):
    """Any condition that must hold for each subject before and while a programme is live."""

    each: Literal["participant", "pod", "session", "programme", "coach", "manager"]
    """Subject."""
    when: tuple[str, ...] = ()
    """Conditions under which it must hold."""
    require: str | tuple[str, ...]
    """What must hold."""

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not self.require:
            raise ValueError("needs a condition, for example require = 'manager.known'")
        return self
