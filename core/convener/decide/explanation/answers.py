"""What an explanation says: plain values, so that a terminal, a page and a test read the same."""

from dataclasses import dataclass
from datetime import date, datetime

from convener.decide.rulings import Decision
from convener.errors import Place
from convener.model import DispatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """One fact a clause speaks of."""

    name: str
    value: object
    """None for an unknown one."""
    source: str
    """Where it comes from: an import with its line, an answer, an event, a rule file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseShown:
    """One clause, and what it came to; every clause is asked, whatever the others came to."""

    source: str
    value: bool | None
    facts: tuple[FactShown, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one step through one channel, or would."""

    step: str
    connector: str
    key: str
    """Key of the dispatch; empty for a step that makes none."""
    decision: Decision
    detail: str = ""
    why: str = ""
    """What holds it back, in words and with its place."""
    due: datetime | None = None
    """When it goes out, after quiet hours."""
    state: DispatchState | None = None
    """What the ledger says of it; None when it is not there."""

    @property
    def said(self) -> str:
        """The decision with its detail, as people read it."""
        return said(self.decision, self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an automation did or did not go out to one person at one time."""

    decision: Decision
    detail: str = ""
    """What the decision names: quiet, cap, duplicate or draft; a rule; a waiver; what is missing; a reason."""
    sentence: str
    """The whole answer in one sentence."""
    automation: str
    person: str
    """Id of whom it goes to."""
    subject: str = ""
    slot: str = ""
    due: datetime | None = None
    """When it falls due, before quiet hours."""
    about: str = ""
    """Id of the participant whose facts decide, where that is another than the one it goes to."""
    clauses: tuple[ClauseShown, ...] = ()
    nearest_miss: str = ""
    """What would have to be otherwise."""
    place: Place
    """Where the automation is written."""
    outcomes: tuple[Outcome, ...] = ()
    others: tuple[str, ...] = ()
    """The same of each further participant of theirs, in one line each."""
    before: datetime | None = None
    """When it fell due for them the time before."""
    after: datetime | None = None
    """When it falls due for them next."""
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The decision with its detail, as people read it: `suppressed(quiet)`."""
        return said(self.decision, self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShown:
    """One effective key of a rule, and where it was written."""

    name: str
    value: object
    place: Place | None
    """None for the usual value, which nobody wrote."""
    below: tuple[tuple[object, Place], ...] = ()
    """What lower layers say, and where; lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectShown:
    """What a rule comes to for one subject."""

    subject: str
    """Id."""
    decision: Decision
    detail: str
    text: str
    """What was measured."""
    waiver: str = ""
    """Id of the waiver that lifts it."""
    waiver_place: Place | None = None

    @property
    def said(self) -> str:
        """The decision with its detail, as people read it."""
        return said(self.decision, self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExplanation:
    """What a rule says, where each word of it was written, and what it comes to."""

    rule: str
    kind: str
    flexibility: str
    """`inflexible`, `flexible` or `audit`."""
    why: str
    place: Place
    keys: tuple[KeyShown, ...]
    pods: tuple[str, ...] = ()
    """Names of pods that have it otherwise, or switched off."""
    subjects: tuple[SubjectShown, ...] = ()
    measurable: bool = True
    """Whether subjects keep or break rules of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of days on which a rule would have blocked over one subject."""

    subject: str
    since: date
    until: date
    """The last of the days."""
    text: str
    refused: tuple[str, ...] = ()
    """What happened on its first day that the rule would have refused."""

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a rule would have done since a day, had it been inflexible and in force."""

    rule: str
    since: date
    until: date
    stretches: tuple[Stretch, ...] = ()

    @property
    def subjects(self) -> int:
        """How many subjects it would have blocked over."""
        return len({stretch.subject for stretch in self.stretches})

    @property
    def refused(self) -> int:
        """How many alterations it would have refused."""
        return len({what for stretch in self.stretches for what in stretch.refused})


def said(decision: Decision, detail: str) -> str:
    """Return a decision as people read it: `blocked(quorum)`."""
    return f"{decision.value}({detail})" if detail else decision.value
