"""A ruleset as it holds for one programme, after every layer has been laid over the one below."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel

from convener.errors import Place
from convener.model import Span, Verb

AudienceWord = Literal[
    "participant", "manager", "coach", "sponsor", "member", "everyone", "pod", "session", "programme"
]
"""Whom an automation is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named constraint."""

    id: str
    kind: str
    inflexible: bool
    """Whether it is never violated and refuses what would break it; never true of a rule under audit."""
    terms: BaseModel
    """Its own keys, as the model of its kind."""
    weight: int = 1
    """How much a breach costs a solver; meaningless for an inflexible rule."""
    why: str = ""
    audited: bool = False
    """Whether it is declared inflexible and still on trial: breaches are told, and nothing is refused for them."""
    place: Place
    """Where the rule was first written."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each effective key was written."""
    values: Mapping[str, Place] = field(default_factory=dict)
    """Where the text of each effective key opens; of an item of a list, by `key.0`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One condition as written."""

    source: str
    place: Place
    """Where its opening quote stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing an automation does."""

    verb: Verb
    what: str
    """Name of the message, poll, report or invite, or the text of a flag."""
    via: tuple[str, ...] = ()
    """Channels, keys of the stack: `email`, `text`, `calendar`, `reports`."""
    attach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """A moment, an audience, conditions and steps."""

    id: str
    on: str
    """The moment as written; `decide` reads it."""
    for_each: AudienceWord
    when: tuple[Clause, ...] = ()
    steps: tuple[Step, ...]
    late: str = ""
    """As written; empty for the default of its kind of moment."""
    in_programme_zone: bool = False
    expect_every: Span | None = None
    """Longest silence in a live programme that is still usual; None when silence tells nothing."""
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a poll."""

    id: str
    ask: str
    scale: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()
    text: int | None = None
    """Longest answer, in characters."""
    level: int | None = None
    """Kirkpatrick level, 1 to 4."""
    place: Place = field(default_factory=lambda: Place(""))
    """Where the opening quote of `ask` stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is asked, and for how long."""

    id: str
    kind: Literal["questions", "dates", "register"] = "questions"
    closes: Span
    anonymous: bool = False
    questions: tuple[Question, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reasoned, approved, expiring exception to a flexible rule."""

    id: str
    rule: str
    subject: Mapping[str, str]
    """`{participant = "address"}`, `{pod = "id"}` or `{session = "id"}`."""
    reason: str
    approved_by: str
    since: date
    until: date
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """How many sessions, how long and how often."""

    count: int
    length: Span
    every: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """Where the roster is and what its columns are called."""

    path: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our name of a field → the header in the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """The client's own L&D lead."""

    name: str
    email: str


TermsT = TypeVar("TermsT", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """Everything the rule files say about one programme."""

    client: str
    """Id of the client: the name of its file."""
    client_name: str
    programme: str
    title: str
    zone: str
    """IANA zone of the programme."""
    locale: str
    holidays: str
    """Holiday calendar of the client, `GB-ENG`, empty for none."""
    wording: Mapping[str, str]
    """The client's own words for ours, for example `{"pod": "set"}`."""
    stack: Mapping[str, tuple[str, ...]]
    """Role or channel → names of connectors."""
    sponsors: tuple[Sponsor, ...]
    starts: date
    sessions: SessionPlan
    topics: tuple[str, ...]
    """Topics by session number; shorter than the count when pods choose the rest."""
    pod_chooses: int
    topics_from: tuple[str, ...]
    roster: RosterPlan
    coaches: tuple[str, ...] | None
    """Addresses of the coaches who may be allocated; None for all."""
    rules: Mapping[str, Rule]
    """Enabled rules by id."""
    automations: Mapping[str, Automation]
    """Enabled automations by id."""
    polls: Mapping[str, Poll]
    waivers: Mapping[str, Waiver]
    pod_rules: Mapping[str, Mapping[str, Rule]] = field(default_factory=dict)
    """Rules by pod name, where a pod has its own layer."""
    pod_without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ids of the rules that a pod, by its name, has switched off."""
    files: tuple[str, ...] = ()
    """The files it was read from, lowest layer first."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where a key outside rules and automations was written, by its path: `client.timezone`, `stack.email`,
    `programme.starts`."""

    @property
    def scope(self) -> str:
        """`client/programme`."""
        return f"{self.client}/{self.programme}"

    def rules_of(self, terms: type[TermsT], pod: str = "") -> list[tuple[Rule, TermsT]]:
        """Return the rules of one kind with their terms, as they hold for *pod* (its name) or everywhere."""
        rules = {**self.rules, **self.pod_rules.get(pod, {})}
        off = self.pod_without.get(pod, frozenset())
        return [(rule, rule.terms) for name, rule in rules.items() if name not in off and isinstance(rule.terms, terms)]

    def word(self, ours: str) -> str:
        """Return the client's word for *ours*."""
        return self.wording.get(ours, ours)
