"""The files of packs and clients."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from convener.documents import EmailText, Frozen, IdText
from convener.rulesets.fields import CalendarText, LocaleText, ZoneText
from convener.rulesets.tables.programmes import ProgrammeTable, Tables

OurWord = Literal["pod", "coach", "session", "participant", "manager"]
"""Words a client may have its own for."""


class PackTable(Frozen):
    """`[pack]`."""

    id: IdText
    """The name of the file."""
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    """Three numbers; files pin the first."""
    summary: str = ""
    """What it is for, in one line."""


class PackFile(Frozen):
    """A file that clients and other packs extend."""

    schema_: Literal[1] = Field(alias="schema")
    """Version of the language of rule files."""
    extends: tuple[str, ...] = ()
    """Packs below this one, by name and major version: `"small-group-coaching@1"`."""
    pack: PackTable
    """What the pack is called."""
    rules: Tables = Field(default_factory=dict)
    """Rules by id."""
    automations: Tables = Field(default_factory=dict)
    """Automations by id."""
    polls: Tables = Field(default_factory=dict)
    """Polls by id."""


class ClientTable(Frozen):
    """`[client]`."""

    name: str = Field(min_length=1)
    """As messages and reports call the client."""
    timezone: ZoneText
    """IANA zone."""
    locale: LocaleText = "en-GB"
    """How dates are written."""
    holidays: CalendarText = ""
    """Holiday calendar: `GB-ENG`, `AU-VIC`, `IE`."""
    wording: dict[OurWord, str] = Field(default_factory=dict)
    """The client's own words for ours."""


class StackTable(Frozen):
    """`[stack]`: which connector does what; several names where several do it."""

    roster: str | tuple[str, ...] = ()
    """Where participants come from."""
    email: str | tuple[str, ...] = ()
    """What sends mail."""
    text: str | tuple[str, ...] = ()
    """What sends text messages."""
    calendar: str | tuple[str, ...] = ()
    """What sends invites."""
    polls: str | tuple[str, ...] = ()
    """Where answers to polls come from."""
    reports: str | tuple[str, ...] = ()
    """Where reports go."""


class SubjectTable(Frozen):
    """What a waiver is for: one participant, pod or session."""

    participant: EmailText | None = None
    """Address of a participant."""
    pod: str | None = None
    """Id of a pod."""
    session: str | None = None
    """Id of a session."""

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
    """Id of a flexible rule."""
    subject: SubjectTable
    """Whom or what it is for."""
    reason: str = Field(min_length=1)
    """Why, in a person's words."""
    approved_by: str = Field(min_length=1)
    """Who has approved it."""
    from_: date = Field(alias="from")
    """First day."""
    until: date
    """Last day."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until < self.from_:
            raise ValueError(f"ends on {self.until}, before it begins on {self.from_}")
        return self


class ClientFile(Frozen):
    """The file of a client."""

    schema_: Literal[1] = Field(alias="schema")
    """Version of the language of rule files."""
    extends: tuple[str, ...] = ()
    """Packs below this file, by name and major version: `"small-group-coaching@1"`."""
    client: ClientTable
    """Who the client is."""
    stack: StackTable
    """Which connector does what."""
    sponsors: dict[str, EmailText] = Field(default_factory=dict)
    """Address of each of the client's own L&D leads, by name."""
    rules: Tables = Field(default_factory=dict)
    """Rules by id."""
    automations: Tables = Field(default_factory=dict)
    """Automations by id."""
    polls: Tables = Field(default_factory=dict)
    """Polls by id."""
    programmes: dict[IdText, ProgrammeTable] = Field(default_factory=dict, max_length=50)
    """Programmes by id."""
    waivers: dict[IdText, WaiverTable] = Field(default_factory=dict, max_length=500)
    """Exceptions to flexible rules, by id."""
