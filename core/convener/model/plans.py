"""What planning takes and gives: plain frozen values, without any solver."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """An answer to a dates poll; no answer counts as `no`."""

    YES = "yes"
    IF_NEEDED = "if needed"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of time that people were asked about, aware instants."""

    starts: datetime
    ends: datetime
    whole_day: bool = False
    """Asked as a date; the hours come from the session window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Everyone's answers: `answers[person id][slot index]`."""

    slots: tuple[Slot, ...]
    answers: Mapping[str, tuple[Answer, ...]]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """What a rule did to a proposal."""

    id: str
    flexibility: str
    satisfied: bool
    cost: int
    """Weighted cost in the score's own unit; 0 for an inflexible rule."""
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant's place in a proposed pod."""

    person: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPod:
    """A pod as proposed."""

    id: str
    name: str
    coach: str | None
    seats: tuple[Seat, ...]
    coach_why: tuple[str, ...] = ()
    frozen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PodProposal:
    """Pods as proposed for a programme; lower *score* is better and *bound* is the least any could have."""

    programme: str
    seed: int
    score: int
    bound: int
    pods: tuple[ProposedPod, ...]
    rules: tuple[RuleOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSession:
    """A date as proposed, with who can come."""

    pod: str
    number: int
    topic: str
    status: str
    starts: datetime
    ends: datetime
    zone: str
    coming: tuple[str, ...]
    """Ids of members who said yes or if needed."""
    absent: tuple[str, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateProposal:
    """All dates of all pods of a programme as proposed; lower *score* is better."""

    programme: str
    seed: int
    score: int
    bound: int
    sessions: tuple[ProposedSession, ...]
    rules: tuple[RuleOutcome, ...]
    notices: tuple[str, ...] = ()
    """Things to know before publishing, such as a daylight-saving change inside a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why no plan exists: the smallest set of inflexible rules that cannot all hold, and the cheapest way out."""

    rules: tuple[str, ...]
    people: tuple[str, ...] = ()
    explanation: str = ""
    relaxations: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a coach already carries in another programme, of whatever client."""

    coach: str
    pods: int
    sessions: tuple[tuple[datetime, datetime], ...] = ()
    """Start and end of each session already agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a proposal breaks, as the independent verifier found it."""

    rule: str
    inflexible: bool
    subject: str
    text: str
