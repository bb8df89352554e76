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
    where: tuple[str, ...] = ()
    """Ids of the pods or sessions in which it is not satisfied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant's place in a proposed pod."""

    person: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What might have been chosen instead, and what it would have cost."""

    what: str
    """Id of the pod somebody might sit in, or start of the slot a session might take, ISO 8601."""
    partner: str | None
    """Id of the person to change places with; None for a move alone, and for slots."""
    cost: int | None
    """By how much the score would rise, None when an inflexible rule forbids it."""
    rules: tuple[str, ...]
    """What each rule says that would count differently, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What changing the pods of so many people buys."""

    moves: int
    score: int
    breaches: tuple[str, ...] = ()
    """Ids of inflexible rules still broken."""


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
    steps: int = 0
    """Steps the search took; with the same seed and as many steps any machine proposes the same."""
    trades: tuple[Trade, ...] = ()
    """When pods were formed anew from existing ones: what fewer and more moves would buy, by rising number of moves."""


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
class PodView:
    """How one pod sees the slots of a dates poll."""

    pod: str
    size: int
    can: tuple[int, ...]
    """For each slot the members who can come; below 0 when an inflexible rule forbids it: -1 less that count."""


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
    steps: int = 0
    """Steps the search took; with the same seed and as many steps any machine proposes the same."""
    moved: tuple[str, ...] = ()
    """Ids of confirmed sessions that would get another date."""
    slots: tuple[Slot, ...] = ()
    """Everything that was asked about, in order of time."""
    views: tuple[PodView, ...] = ()
    """How each pod sees the slots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One way out of a conflict, found by solving: with it everything inflexible holds."""

    words: str
    cost: int
    """How much it gives up, to rank ways out: people, days, sessions or pods that do not get what the rule asks."""
    terms: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """Terms to set, by rule id, as a rule file writes them; `{"flexibility": "flexible"}` makes a rule flexible."""
    asks: tuple[str, ...] = ()
    """Ids of people whose answer, other than a no to everything, would be enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why no plan exists: the smallest set of inflexible rules that cannot all hold, and ways out, cheapest first."""

    rules: tuple[str, ...]
    people: tuple[str, ...] = ()
    """Ids of a smallest set of people with whom these rules cannot hold, or whose answers stand in the way."""
    explanation: str = ""
    relaxations: tuple[Relaxation, ...] = ()


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
