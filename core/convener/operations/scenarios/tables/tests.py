"""`[[tests]]`: what happens, and what is expected; and the test file as a whole."""

from typing import Literal, Self

from pydantic import Field, model_validator

from convener.documents import Frozen, IdText
from convener.operations.scenarios.fields import MomentText, Names, SessionName
from convener.operations.scenarios.tables.given import GivenTable, PretendTable
from convener.operations.scenarios.tables.happenings import HappeningTable


class SentTable(Frozen):
    """One thing that goes to somebody, or to each of several."""

    of: str | None = None
    """The automation; may be left out where the test is `of` just one."""
    to: Names = Field(min_length=1)
    """Names of people; a sponsor, pod or session by address or id."""
    at: MomentText
    """On the recipient's wall clock."""
    via: Names | None = None
    """All the channels it goes through; not looked at without."""
    what: str | None = None
    """The message, poll or report; for an invite `request`, `update` or `cancel`. Not looked at without."""
    about: SessionName | None = None
    """The session, pod or poll subject it is about; not looked at without."""
    speaks_of: Names | None = None
    """All the participants it speaks of; not looked at without."""


class FlagTable(Frozen):
    """One flag that stands."""

    of: str | None = None
    """The automation or rule; may be left out where the test is `of` just one."""
    about: Names = Field(min_length=1)
    """Names of people, pods or sessions, `programme` for the programme."""
    severity: Literal["high", "medium", "low"] | None = None
    """Not looked at without."""


class Expectations(Frozen):
    """What is expected of the stretch since the last expectation of the same key; a key left out is not looked at."""

    sent: tuple[SentTable, ...] | None = None
    """Everything that goes out, no more and no less."""
    missed: tuple[SentTable, ...] | None = None
    """Everything that comes too late and is recorded as missed."""
    held: tuple[SentTable, ...] | None = None
    """Everything that the volume guard holds for a person."""
    flags: tuple[FlagTable, ...] | None = None
    """Every flag that stands at that moment."""


class StepTable(HappeningTable, Expectations):
    """One step of a test: a moment, one thing that happens then, and what is expected."""

    refused: Names | None = None
    """Ids of the inflexible rules that refuse it."""
    noted: Names | None = None
    """Ids of the rules it breaches all the same, of those the test is `of`; not looked at without."""

    @model_validator(mode="after")
    def _can_be_refused(self) -> Self:
        if self.happening is None and (self.refused is not None or self.noted is not None):
            raise ValueError("nothing happens here that could be refused or noted; add a change, for example withdraw")
        return self


class ScenarioTable(Expectations):
    """`[[tests]]`: one test."""

    name: str = Field(min_length=1)
    """What it shows, in a sentence."""
    of: Names = Field(min_length=1)
    """The automations and rules it is about; what others do is not looked at."""
    given: GivenTable = Field(default_factory=GivenTable)
    """What differs from the file's `[given]`, key by key."""
    steps: tuple[StepTable, ...] = Field(default=(), max_length=200)
    """What happens, in order of time."""
    until: MomentText | None = None
    """The last moment, on the programme's wall clock, at which `sent`, `missed`, `held` and `flags` are looked at."""

    @model_validator(mode="after")
    def _expects(self) -> Self:
        own = any(getattr(self, key) is not None for key in Expectations.model_fields)
        if own and self.until is None:
            raise ValueError("says what is expected and not until when; add until")
        if not own and self.until is not None:
            raise ValueError("says until when and expects nothing; add sent, missed, held or flags")
        looked = [getattr(step, key) for step in self.steps for key in (*Expectations.model_fields, "refused", "noted")]
        if not own and all(each is None for each in looked):
            raise ValueError("expects nothing; add sent, missed, held, flags, refused or noted")
        return self


class EquivalentTable(Frozen):
    """`[[equivalent]]`: a mutant that no test can tell from the rule, and why."""

    mutant: str
    """As `convener test --mutate` names it."""
    because: str = Field(min_length=10)


class ScenarioFile(Frozen):
    """A test file."""

    schema_: Literal[1] = Field(alias="schema")
    programme: IdText | None = None
    """Which programme of the client; not needed where it has one."""
    pretend: PretendTable | None = None
    """Of a pack: what programme it is tested in."""
    given: GivenTable = Field(default_factory=GivenTable)
    """How things are before every test."""
    tests: tuple[ScenarioTable, ...] = Field(min_length=1, max_length=500)
    equivalent: tuple[EquivalentTable, ...] = ()
    """Mutants that no test can see."""
