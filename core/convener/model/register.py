"""The register: who is in which pod, with which coach, manager and topic, on which dates.

Every row that can change over time is dated: it holds on the days `since <= day < until`, and for ever
when `until` is None. A register is a frozen value; operations turn one register into the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from convener.model.events import Event
from convener.model.spans import DateRange


class ProgrammeState(StrEnum):
    """Where a programme stands; nothing goes out before `live`."""

    DRAFT = "draft"
    LIVE = "live"
    CLOSED = "closed"


class ParticipantStatus(StrEnum):
    """What a participant is to the programme on a day."""

    ACTIVE = "active"
    SECONDED = "seconded"
    """Away on secondment: still enrolled, not expected at sessions of the pod."""
    WITHDRAWN = "withdrawn"


class SessionStatus(StrEnum):
    """How firm a session is."""

    UNSCHEDULED = "unscheduled"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Anyone Convener writes to; one row for each client and id."""

    id: str
    """Stable id: the roster's own for participants, the address for managers, coaches and sponsors."""
    name: str
    email: str
    mobile: str = ""
    zone: str = ""
    """IANA time zone, or empty for the programme's."""
    holidays: str = ""
    """Holiday calendar such as `GB-ENG`, or empty when not known."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Every other column of the roster (region, department, grade …), by its normalised name."""

    @property
    def first_name(self) -> str:
        """The first word of the name, for a greeting."""
        return self.name.split()[0] if self.name.split() else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """What planning must know of a coach beyond the person of the same id."""

    id: str
    max_pods: int | None = None
    accredited: frozenset[str] = frozenset()
    years: int = 0
    away: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a participant is to the programme over an interval."""

    person: str
    status: ParticipantStatus
    since: date
    until: date | None = None
    reason: str = ""
    origin: str = ""
    """The line of the roster, or the change, that said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A participant in a pod over an interval."""

    person: str
    pod: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """A participant's line manager over an interval."""

    person: str
    manager: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """A pod's coach over an interval."""

    pod: str
    coach: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """A small group; its id is `programme/name`, unique within a client."""

    id: str
    name: str
    frozen: bool = False
    """A frozen pod keeps its members when pods are proposed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of a pod; its id is `programme/pod/number`."""

    pod: str
    number: int
    topic: str
    status: SessionStatus = SessionStatus.UNSCHEDULED
    starts: datetime | None = None
    """Aware instant, None while unscheduled."""
    ends: datetime | None = None
    zone: str = ""
    """The IANA zone the session is anchored to."""

    @property
    def id(self) -> str:
        """The id that people read and type."""
        return f"{self.pod}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One participant at one session, in the words of the client's own status table."""

    session: str
    person: str
    status: str
    engagement: int | None = None
    """What the coach saw, 1 to 5, None when not said."""
    note: str = field(default="", repr=False)
    """Confidential note of the coach; reaches no report, message or log."""
    source: str = ""
    """Where it came from: a file and line, or the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRequest:
    """One person asked one poll about one subject."""

    poll: str
    subject: str
    """Id of the session, pod or programme it is about."""
    person: str
    opened: datetime
    closes: datetime
    answered: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentInvite:
    """The last calendar invite recorded for one person and session."""

    session: str
    person: str
    sequence: int
    starts: datetime
    ends: datetime
    cancelled: bool = False


class Dated(Protocol):
    """A row that holds over an interval."""

    @property
    def since(self) -> date:
        """The first day it holds."""
        ...

    @property
    def until(self) -> date | None:
        """The first day it no longer holds; None while it still does."""
        ...


Row = TypeVar("Row", bound=Dated)


def holds(row: Dated, day: date) -> bool:
    """Tell whether *row* holds on *day*."""
    return row.since <= day and (row.until is None or day < row.until)


def on(rows: Iterable[Row], day: date) -> list[Row]:
    """Return the rows that hold on *day*."""
    return [row for row in rows if holds(row, day)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything known of one programme, past and planned."""

    client: str
    programme: str
    """Short id, `primary-care`."""
    state: ProgrammeState = ProgrammeState.DRAFT
    cursor: datetime | None = None
    """Up to when dispatches have been decided; None before the first tick."""
    people: Mapping[str, Person] = field(default_factory=dict)
    coaches: Mapping[str, Coach] = field(default_factory=dict)
    enrolments: tuple[Enrolment, ...] = ()
    memberships: tuple[Membership, ...] = ()
    managements: tuple[Management, ...] = ()
    coachings: tuple[Coaching, ...] = ()
    pods: Mapping[str, Pod] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    attendance: Mapping[tuple[str, str], Attendance] = field(default_factory=dict)
    """By (session id, person id)."""
    polls: Mapping[tuple[str, str, str], PollRequest] = field(default_factory=dict)
    """By (poll, subject, person id)."""
    invites: Mapping[tuple[str, str], SentInvite] = field(default_factory=dict)
    """By (session id, person id); read from the ledger, never written through the register."""
    events: tuple[Event, ...] = ()
    """What happened, oldest first; read only, appended when a register is saved."""

    @property
    def live_since(self) -> datetime | None:
        """When the programme went live; what happened in draft counts from here."""
        return next((event.at for event in self.events if event.name == "programme.live"), None)

    @property
    def scope(self) -> str:
        """`client/programme`."""
        return f"{self.client}/{self.programme}"

    def status_of(self, person: str, day: date) -> ParticipantStatus | None:
        """Return what *person* is to the programme on *day*, None for a stranger."""
        return next((row.status for row in on(self.enrolments, day) if row.person == person), None)

    def participants(self, day: date) -> list[str]:
        """Return ids of everyone enrolled on *day* and not withdrawn, sorted."""
        gone = ParticipantStatus.WITHDRAWN
        return sorted({row.person for row in on(self.enrolments, day) if row.status is not gone})

    def pod_of(self, person: str, day: date) -> str | None:
        """Return the pod of *person* on *day*."""
        return next((row.pod for row in on(self.memberships, day) if row.person == person), None)

    def members(self, pod: str, day: date) -> list[str]:
        """Return ids of the members of *pod* on *day*, sorted."""
        return sorted(row.person for row in on(self.memberships, day) if row.pod == pod)

    def manager_of(self, person: str, day: date) -> str | None:
        """Return the line manager of *person* in post on *day*."""
        return next((row.manager for row in on(self.managements, day) if row.person == person), None)

    def coach_of(self, pod: str, day: date) -> str | None:
        """Return the coach of *pod* on *day*."""
        return next((row.coach for row in on(self.coachings, day) if row.pod == pod), None)

    def sessions_of(self, pod: str) -> list[Session]:
        """Return the sessions of *pod* by number."""
        return sorted((s for s in self.sessions.values() if s.pod == pod), key=lambda s: s.number)

    def by_email(self, email: str) -> Person | None:
        """Return the person with that address, letter case aside."""
        wanted = email.casefold()
        return next((person for person in self.people.values() if person.email.casefold() == wanted), None)

    def with_session(self, session: Session) -> "Register":
        """Return the register with *session* in place of the one of the same id."""
        return replace(self, sessions={**self.sessions, session.id: session})
