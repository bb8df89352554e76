"""The tables of an automation and its steps."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from convener.documents import Frozen, SpanText
from convener.model import Span
from convener.rulesets.ruleset import AudienceWord


def _lasting(value: Span) -> Span:
    if not value.count:
        raise ValueError("a silence lasts, for example '2 weeks'")
    return value


Silence = Annotated[SpanText, AfterValidator(_lasting)]
"""`"2 weeks"`: a length of time, and not nothing."""


class AutomationTable(Frozen):
    """`[automations.X]`."""

    on: str = Field(min_length=1)
    """When it acts: an event, a time relative to something, or a rhythm."""
    for_each: AudienceWord
    """Whom it is for, each of them with facts of their own."""
    when: tuple[str, ...] = ()
    """Conditions, all of which must hold."""
    do: dict[str, Any] | tuple[dict[str, Any], ...] = Field(min_length=1)
    """A step, or a list of steps."""
    late: str = ""
    """What to do when the moment has passed: `send until FIELD`, `skip` or `ask`."""
    in_: Literal["programme", "recipient"] = Field(default="recipient", alias="in")
    """Whose wall clock counts."""
    expect_every: Silence | None = None
    """The longest silence in a live programme that is still usual; a longer one is a flag."""
    enabled: bool = True
    """`false` switches it off, with a `reason`."""
    why: str = ""
    """The reason in a person's words, shown where the rule is."""
    reason: str = ""
    """Why it differs from the layer below; `why` does as well."""


class StepTable(Frozen):
    """One table of `do`: a verb and what it does it with."""

    send: str | None = Field(default=None, min_length=1)
    """Name of a message, `templates/messages/NAME.md.j2`."""
    poll: str | None = Field(default=None, min_length=1)
    """Id of a poll to ask."""
    report: str | None = Field(default=None, min_length=1)
    """Name of a report to send."""
    invite: str | None = Field(default=None, min_length=1)
    """What to invite to; kept in step with the register."""
    flag: str | None = Field(default=None, min_length=1)
    """What a person is to look at, in words."""
    call: str | None = Field(default=None, min_length=1)
    """Name of a connector to call."""
    via: tuple[str, ...] = ()
    """Channels."""
    attach: tuple[str, ...] = ()
    """Files below `templates/`, perhaps with placeholders: `toolkits/{session.topic}.md`."""
