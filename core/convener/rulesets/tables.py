"""The tables of a rule file other than the terms of a rule, as they are written."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from convener.documents import EmailText, Frozen, IdText, SpanText
from convener.rulesets.fields import CalendarText, LocaleText, ZoneText
from convener.rulesets.ruleset import AudienceWord

Tables = Annotated[dict[str, dict[str, Any]], Field(max_length=300)]
"""Tables by id whose keys are checked once every layer has been laid."""
OurWord = Literal["pod", "coach", "session", "participant", "manager"]
"""Words a client may have its own for."""


class PackTable(Frozen):
    """`[pack]`."""

    id: IdText
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    summary: str = ""


class PackFile(Frozen):
    """A file that clients and other packs extend."""

    schema_: Literal[1] = Field(alias="schema")
    extends: tuple[str, ...] = ()
    pack: PackTable
    rules: Tables = Field(default_factory=dict)
    automations: Tables = Field(default_factory=dict)
    polls: Tables = Field(default_factory=dict)


class ClientTable(Frozen):
    """`[client]`."""

    name: str = Field(min_length=1)
    timezone: ZoneText
    locale: LocaleText = "en-GB"
    holidays: CalendarText = ""
    wording: dict[OurWord, str] = Field(default_factory=dict)


class StackTable(Frozen):
    """`[stack]`: which connector does what; several names where several do it."""

    roster: str | tuple[str, ...] = ()
    email: str | tuple[str, ...] = ()
    text: str | tuple[str, ...] = ()
    calendar: str | tuple[str, ...] = ()
    polls: str | tuple[str, ...] = ()
    reports: str | tuple[str, ...] = ()


class SessionsTable(Frozen):
    """`sessions` of a programme."""

    count: int = Field(ge=1, le=200)
    length: SpanText
    every: SpanText | None = None


class TopicsTable(Frozen):
    """`topics` of a programme whose pods choose some of them."""

    mandated: tuple[str, ...] = ()
    pod_chooses: int = Field(default=0, ge=0)
    from_: tuple[str, ...] = Field(default=(), alias="from")

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.pod_chooses > len(self.from_):
            raise ValueError(f"pods choose {self.pod_chooses} of {len(self.from_)} topics")
        return self


class RosterTable(Frozen):
    """`roster` of a programme."""

    path: str = Field(min_length=1)
    columns: dict[str, str] = Field(default_factory=dict)


class PodTable(Frozen):
    """`[programmes.X.pods.NAME]`: the layer of one pod."""

    rules: Tables = Field(default_factory=dict)


class ProgrammeTable(Frozen):
    """`[programmes.X]`."""

    title: str = Field(min_length=1)
    starts: date
    timezone: ZoneText | None = None
    sessions: SessionsTable
    topics: tuple[str, ...] | TopicsTable = ()
    roster: RosterTable
    coaches: Literal["all"] | tuple[EmailText, ...] = "all"
    rules: Tables = Field(default_factory=dict)
    automations: Tables = Field(default_factory=dict)
    polls: Tables = Field(default_factory=dict)
    pods: dict[IdText, PodTable] = Field(default_factory=dict, max_length=200)

    @model_validator(mode="after")
    def _room_for_topics(self) -> Self:
        topics = self.topics if isinstance(self.topics, tuple) else self.topics.mandated
        chosen = 0 if isinstance(self.topics, tuple) else self.topics.pod_chooses
        if len(topics) + chosen > self.sessions.count:
            raise ValueError(f"a count of {self.sessions.count} is too small for {len(topics) + chosen} topics")
        return self


class SubjectTable(Frozen):
    """What a waiver is for: one participant, pod or session."""

    participant: EmailText | None = None
    pod: str | None = None
    session: str | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if len(self.written()) != 1:
            raise ValueError(
                "names one participant, pod or session, for example { participant = 'ana@client.example' }"
            )
        return self

    def written(self) -> dict[str, str]:
        """Return the subject as `{word: name}`."""
        return {word: str(name) for word, name in self.model_dump(exclude_none=True).items()}


class WaiverTable(Frozen):
    """`[waivers.X]`."""

    rule: str
    subject: SubjectTable
    reason: str = Field(min_length=1)
    approved_by: str = Field(min_length=1)
    from_: date = Field(alias="from")
    until: date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until < self.from_:
            raise ValueError(f"ends on {self.until}, before it begins on {self.from_}")
        return self


class ClientFile(Frozen):
    """The file of a client."""

    schema_: Literal[1] = Field(alias="schema")
    extends: tuple[str, ...] = ()
    client: ClientTable
    stack: StackTable
    sponsors: dict[str, EmailText] = Field(default_factory=dict)
    rules: Tables = Field(default_factory=dict)
    automations: Tables = Field(default_factory=dict)
    polls: Tables = Field(default_factory=dict)
    programmes: dict[IdText, ProgrammeTable] = Field(default_factory=dict, max_length=50)
    waivers: dict[IdText, WaiverTable] = Field(default_factory=dict, max_length=500)


class RuleHead(Frozen):
    """The keys every rule has, whatever its kind."""

    kind: str
    flexibility: Literal["inflexible", "flexible"]
    weight: int = Field(default=1, ge=1, le=1000)
    enabled: bool = True
    why: str = ""
    reason: str = ""


class AutomationTable(Frozen):
    """`[automations.X]`."""

    on: str = Field(min_length=1)
    for_each: AudienceWord
    when: tuple[str, ...] = ()
    do: dict[str, Any] | tuple[dict[str, Any], ...] = Field(min_length=1)
    late: str = ""
    in_: Literal["programme", "recipient"] = Field(default="recipient", alias="in")
    enabled: bool = True
    why: str = ""
    reason: str = ""


class StepTable(Frozen):
    """One table of `do`: a verb and what it does it with."""

    send: str | None = Field(default=None, min_length=1)
    poll: str | None = Field(default=None, min_length=1)
    report: str | None = Field(default=None, min_length=1)
    invite: str | None = Field(default=None, min_length=1)
    flag: str | None = Field(default=None, min_length=1)
    call: str | None = Field(default=None, min_length=1)
    via: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()


def _rising(value: tuple[int, int]) -> tuple[int, int]:
    if value[0] >= value[1]:
        raise ValueError(f"{list(value)} must rise, for example [1, 5]")
    return value


Scale = Annotated[tuple[int, int], AfterValidator(_rising)]
"""`[1, 5]`: the lowest and the highest answer."""


class QuestionTable(Frozen):
    """One of `[[polls.X.questions]]`."""

    id: IdText
    ask: str = Field(min_length=1)
    scale: Scale | None = None
    choices: tuple[str, ...] = ()
    text: int | None = Field(default=None, ge=1, le=10_000)
    level: int | None = Field(default=None, ge=1, le=4)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.scale is not None) + bool(self.choices) + (self.text is not None) != 1:
            raise ValueError('is answered by one of scale = [1, 5], choices = ["…"] or text = 500')
        return self


class PollTable(Frozen):
    """`[polls.X]`."""

    kind: Literal["questions", "dates", "register"] = "questions"
    closes: SpanText
    anonymous: bool = False
    questions: tuple[QuestionTable, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if self.kind == "questions" and not self.questions:
            raise ValueError("asks nothing; add [[polls.….questions]] with id, ask and one of scale, choices or text")
        ids = [question.id for question in self.questions]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"two questions have the id {twice[0]!r}")
        return self
