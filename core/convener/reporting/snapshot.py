"""The register as one report sees it: every session with its day, every person's place at it.

A session is *over* once it was held or its day has passed, and *held* once the register says so or has rows for it.
A place is not applicable before somebody joined, after they left and while they are away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from convener.model import (
    Attendance,
    Enrolment,
    Membership,
    ParticipantStatus,
    Register,
    Session,
    SessionStatus,
    on,
)
from convener.rulesets.kinds import AttendanceStatus, StatusMeaning
from convener.rulesets.ruleset import Ruleset

UNKNOWN = StatusMeaning(counts=False, present=False)
"""What a status means that the client's table does not list."""


class State(StrEnum):
    """What is known of one person at one session."""

    RECORDED = "recorded"
    MISSING = "not recorded"
    NOT_APPLICABLE = "not applicable"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person's place at one session; it has no room for a note."""

    session: str
    pod: str
    number: int
    person: str
    state: State
    status: str = ""
    counts: bool = False
    present: bool = False
    engagement: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session with what the report must know of it."""

    session: Session
    day: date | None
    """Local date on the session's own clock, None while unscheduled."""
    over: bool
    held: bool
    expected: int
    """Active members on the day."""
    recorded: int
    """Of those, how many the register has a status for."""

    @property
    def complete(self) -> bool:
        """Whether the register of a past session is in for everybody expected."""
        return self.over and self.recorded == self.expected

    @property
    def cancelled(self) -> bool:
        """Whether the session was called off."""
        return self.session.status is SessionStatus.CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Sessions, places and people as of one day."""

    ruleset: Ruleset
    register: Register
    as_of: date
    sittings: tuple[Sitting, ...]
    """By pod, then number."""
    presences: tuple[Presence, ...]
    """By pod, number and person; none for a cancelled session."""
    outside: int
    """Rows of the register for days on which the person was not enrolled, or for a cancelled session."""
    later: int
    """Rows of the register for sessions after the day of the report."""

    @property
    def marks(self) -> tuple[Presence, ...]:
        """Places with a recorded status."""
        return tuple(presence for presence in self.presences if presence.state is State.RECORDED)

    @property
    def counted(self) -> tuple[Presence, ...]:
        """Recorded places whose status counts: the denominator of attendance."""
        return tuple(presence for presence in self.marks if presence.counts)

    def pods(self) -> list[str]:
        """Return ids of all pods by name."""
        return sorted(self.register.pods, key=lambda pod: (self.pod_name(pod), pod))

    def pod_name(self, pod: str) -> str:
        """Return the short name of *pod*."""
        known = self.register.pods.get(pod)
        return known.name if known else pod.rpartition("/")[2]

    def name(self, person: str) -> str:
        """Return the name of *person*, empty for a stranger."""
        known = self.register.people.get(person)
        return known.name if known else ""

    def days(self) -> Mapping[str, date | None]:
        """Return the local date of every session."""
        return {sitting.session.id: sitting.day for sitting in self.sittings}


@dataclass(frozen=True, slots=True)
class _Index:
    """The register's dated rows by person and by pod, so that no report walks them all for every presence."""

    enrolments: Mapping[str, list[Enrolment]]
    memberships: Mapping[str, list[Membership]]
    rows: Mapping[str, list[Attendance]]

    def status(self, person: str, day: date) -> ParticipantStatus | None:
        return next((row.status for row in on(self.enrolments.get(person, ()), day)), None)

    def members(self, pod: str, day: date) -> list[str]:
        return sorted(row.person for row in on(self.memberships.get(pod, ()), day))


def take(ruleset: Ruleset, register: Register, as_of: date) -> Snapshot:
    """Return *register* as a report of *as_of* sees it."""
    index = _index(register)
    sittings: list[Sitting] = []
    presences: list[Presence] = []
    outside = later = 0
    for session in sorted(register.sessions.values(), key=lambda s: (s.pod, s.number)):
        rows = index.rows.get(session.id, [])
        day = _day(session, ruleset)
        if rows and (day is None or day > as_of):
            later += len(rows)
            rows = []
        sitting, taken, strayed = _sit(session, day, as_of, rows, _Room(ruleset, index, session.pod))
        sittings.append(sitting)
        presences.extend(taken)
        outside += strayed
    return Snapshot(
        ruleset=ruleset, register=register, as_of=as_of, sittings=tuple(sittings), presences=tuple(presences),
        outside=outside + sum(len(rows) for key, rows in index.rows.items() if key not in register.sessions),
        later=later,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Room:
    ruleset: Ruleset
    index: _Index
    pod: str

    def meanings(self) -> Mapping[str, StatusMeaning]:
        tables = self.ruleset.rules_of(AttendanceStatus, self.pod.rpartition("/")[2])
        return {status: meaning for _, terms in tables for status, meaning in terms.statuses.items()}


def _sit(
    session: Session, day: date | None, as_of: date, rows: list[Attendance], room: _Room
) -> tuple[Sitting, list[Presence], int]:
    """Return the sitting, its presences and how many rows are for people who were not enrolled."""
    cancelled = session.status is SessionStatus.CANCELLED
    valid = {} if cancelled or day is None else {row.person: row for row in rows if _enrolled(room, row.person, day)}
    held = day is not None and day <= as_of and (session.status is SessionStatus.HELD or bool(valid))
    over = held or (day is not None and day < as_of and not cancelled)
    members = room.index.members(session.pod, day or as_of)
    active = {person for person in members if room.index.status(person, day or as_of) is ParticipantStatus.ACTIVE}
    sitting = Sitting(
        session=session, day=day, over=over, held=held, expected=len(active), recorded=len(active & valid.keys())
    )
    people = [] if cancelled else sorted({*members, *valid})
    meanings = room.meanings()
    presences = [
        _recorded(session, valid[person], meanings)
        if person in valid
        else _open(session, person, over=over, expected=person in active)
        for person in people
    ]
    return sitting, presences, len(rows) - len(valid)


def _recorded(session: Session, row: Attendance, meanings: Mapping[str, StatusMeaning]) -> Presence:
    meaning = meanings.get(row.status, UNKNOWN)
    return Presence(
        session=session.id, pod=session.pod, number=session.number, person=row.person, state=State.RECORDED,
        status=row.status, counts=meaning.counts, present=meaning.counts and meaning.present, engagement=row.engagement,
    )  # fmt: skip


def _open(session: Session, person: str, *, over: bool, expected: bool) -> Presence:
    state = (State.MISSING if over else State.PLANNED) if expected else State.NOT_APPLICABLE
    return Presence(session=session.id, pod=session.pod, number=session.number, person=person, state=state)


def _enrolled(room: _Room, person: str, day: date) -> bool:
    return room.index.status(person, day) not in {None, ParticipantStatus.WITHDRAWN}


def _day(session: Session, ruleset: Ruleset) -> date | None:
    zone = ZoneInfo(session.zone or ruleset.zone)
    return session.starts.astimezone(zone).date() if session.starts else None


def _index(register: Register) -> _Index:
    enrolments: dict[str, list[Enrolment]] = defaultdict(list)
    memberships: dict[str, list[Membership]] = defaultdict(list)
    for enrolment in register.enrolments:
        enrolments[enrolment.person].append(enrolment)
    for membership in register.memberships:
        memberships[membership.pod].append(membership)
    return _Index(enrolments, memberships, _by_session(register.attendance.values()))


def _by_session(rows: Iterable[Attendance]) -> Mapping[str, list[Attendance]]:
    found: dict[str, list[Attendance]] = defaultdict(list)
    for row in rows:
        found[row.session].append(row)
    return found
