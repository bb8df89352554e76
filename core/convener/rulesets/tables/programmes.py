"""The tables of a programme."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from convener.documents import EmailText, Frozen, IdText, SpanText
from convener.model import Span
from convener.rulesets.fields import ZoneText

Tables = Annotated[dict[str, dict[str, Any]], Field(max_length=300)]
"""Tables by id whose keys are checked once every layer has been laid."""


class SessionsTable(Frozen):
    """`sessions` of a programme."""

    count: int = Field(ge=1, le=200)
    """How many sessions each pod has."""
    length: SpanText
    """Of one session; a day is the hours of the `session-window`."""
    every: SpanText | None = None
    """How far apart they should be."""

    @field_validator("length", "every")
    @classmethod
    def _lasts(cls, span: Span | None) -> Span | None:
        if span is not None and not span.count:
            raise ValueError("cannot be nothing, for example '3 hours' or '6 weeks'")
        return span


class TopicsTable(Frozen):
    """`topics` of a programme whose pods choose some of them."""

    mandated: tuple[str, ...] = ()
    """Topics that every pod has."""
    pod_chooses: int = Field(default=0, ge=0)
    """How many it chooses itself."""
    from_: tuple[str, ...] = Field(default=(), alias="from")
    """What it chooses from."""

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.pod_chooses > len(self.from_):
            raise ValueError(f"pods choose {self.pod_chooses} of {len(self.from_)} topics")
        return self


class RosterTable(Frozen):
    """`roster` of a programme."""

    path: str = Field(min_length=1)
    """File below the connector's folder, or whatever its connector calls it."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Header in the roster of each field, `{ email = "E-mail" }`."""


class PodTable(Frozen):
    """`[programmes.X.pods.NAME]`: the layer of one pod."""

    rules: Tables = Field(default_factory=dict)
    """Rules by id, laid over those of the programme."""


class ProgrammeTable(Frozen):
    """`[programmes.X]`."""

    title: str = Field(min_length=1)
    """As messages and reports call it."""
    starts: date
    """First day; sessions come on it or after it."""
    timezone: ZoneText | None = None
    """Where it is not the client's."""
    sessions: SessionsTable
    """How many, how long, how often."""
    topics: tuple[str, ...] | TopicsTable = ()
    """A topic for each session, or what pods may choose from."""
    roster: RosterTable
    """Where the participants are listed."""
    coaches: Literal["all"] | tuple[EmailText, ...] = "all"
    """Who may be allocated: all coaches, or these addresses."""
    rules: Tables = Field(default_factory=dict)
    """Rules by id, laid over those of the client."""
    automations: Tables = Field(default_factory=dict)
    """Automations by id, laid over those of the client."""
    polls: Tables = Field(default_factory=dict)
    """Polls by id, laid over those of the client."""
    pods: dict[IdText, PodTable] = Field(default_factory=dict, max_length=200)
    """Layers of single pods."""

    @model_validator(mode="after")
    def _room_for_topics(self) -> Self:
        topics = self.topics if isinstance(self.topics, tuple) else self.topics.mandated
        chosen = 0 if isinstance(self.topics, tuple) else self.topics.pod_chooses
        if len(topics) + chosen > self.sessions.count:
            raise ValueError(f"a count of {self.sessions.count} is too small for {len(topics) + chosen} topics")
        return self
