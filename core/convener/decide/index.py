"""The register, indexed once for each of its values, so that no question costs a scan."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import fields, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from convener.decide.chronicle import LONG_AGO, Chronicle, grouped
from convener.decide.keeping import KEPT, Lived, OpenPolls, Same, Timetable, timetable_of
from convener.decide.moments.moment import Due
from convener.decide.moments.timing import Life
from convener.decide.prepared import Prepared
from convener.model import (
    Attendance,
    Flag,
    ParticipantStatus,
    PollRequest,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    holds,
)
from convener.model.register import Dated
from convener.ports import PluginFact
from convener.rulesets.kinds import StatusMeaning
from convener.rulesets.ruleset import Ruleset

Row = TypeVar("Row", bound=Dated)
PollKey = tuple[str, str, str]
"""Poll, subject and person id."""
_PARTS = tuple(field.name for field in fields(Register) if field.name != "cursor")
"""What an index depends on: where the cursor stands does not matter to it."""


def current(rows: Sequence[Row], day: date) -> Row | None:
    """Return the row that holds on *day*."""
    for row in rows:  # a plain loop: this is asked a thousand times in each decision
        if holds(row, day):
            return row
    return None


def current_or_next(rows: Sequence[Row], day: date) -> Row | None:
    """Return the row that holds on *day*, else the first that will."""
    found = current(rows, day)
    return found or min((row for row in rows if row.since > day), key=lambda row: row.since, default=None)


class Index(Chronicle):
    """Questions a decision asks of a register, each answered from a dictionary."""

    provided: Mapping[str, PluginFact] = {}
    """Facts that plugins provide, by name."""

    def __init__(self, register: Register, ruleset: Ruleset, statuses: Mapping[str, StatusMeaning]) -> None:
        super().__init__(register, ruleset.zone)
        self.ruleset, self.statuses = ruleset, statuses
        self.enrolments = grouped(register.enrolments, lambda row: row.person)
        self._seats = grouped(register.memberships, lambda row: row.person)
        self._members = grouped(register.memberships, lambda row: row.pod)
        self._managers = grouped(register.managements, lambda row: row.person)
        self._coaches = grouped(register.coachings, lambda row: row.pod)
        self.by_pod = grouped(sorted(register.sessions.values(), key=lambda s: (s.pod, s.number)), lambda s: s.pod)
        self._records = grouped(register.attendance.values(), lambda record: record.person)
        self._streaks: dict[str, list[tuple[Session, StatusMeaning]]] = {}
        self._expected: dict[str, list[str]] = {}
        self._unrecorded: dict[str, list[str]] = {}
        self._days: dict[str, date] = {}
        self._lives: dict[str, tuple[Life, ...]] = {}
        self._life: dict[str, Life] = {}
        self.timetable = Timetable()
        self.polls = OpenPolls.of(register.polls.values())
        self.dues: dict[Lived, tuple[datetime, list[Due]]] = {}
        """Moments that follow from events, in order, all that matter to windows from an instant on."""
        self.last: dict[Lived, list[Due]] = {}
        """Moments that follow from the latest event of each subject, in order."""
        self.marks: dict[Lived, tuple[tuple[int, int], list[Flag]]] = {}
        """Flags of automations, and what they followed from: how many moments, how many turns."""
        self.calm: dict[str, datetime] = {}
        """Since when the calendars agree with the register, by the automation that keeps them in step."""

    @classmethod
    def of(cls, prepared: Prepared, register: Register) -> "Index":
        """Return the index of *register* under *prepared*, the same one as long as both stay as they are."""
        return _indexed(_Parts(prepared, register, _PARTS))

    def opening(self, polls: Mapping[PollKey, PollRequest], *, alone: Iterable[PollRequest] | None = None) -> "Index":
        """Return the index with *polls* open as well; automations range over those in *alone*, or over all."""
        made = copy(self)
        made.register = replace(self.register, polls={**polls, **self.register.polls})
        made.polls = OpenPolls.of(made.register.polls.values() if alone is None else alone)
        return made

    @property
    def is_live(self) -> bool:
        """Whether anything may go out at all."""
        return self.register.state is ProgrammeState.LIVE

    # -- people -------------------------------------------------------------------------------------------------

    def lives_of(self, audience: str) -> tuple[Life, ...]:
        """Return the lives that the people of *audience* lead, and the programme's; all others never matter."""
        if audience not in self._lives:
            register = self.register
            participants, coaches = set(self.enrolments), {row.coach for row in register.coachings}
            managers = {row.manager for row in register.managements}
            sponsors = {sponsor.email for sponsor in self.ruleset.sponsors}
            known = {
                "participant": participants,
                "manager": managers,
                "coach": coaches,
                "sponsor": sponsors,
                "member": participants | coaches,
                "everyone": participants | managers | coaches,
            }
            lives = {self.life_of(person) for person in known.get(audience, set())} | {Life(self.ruleset.zone)}
            self._lives[audience] = tuple(sorted(lives, key=lambda life: (life.zone, life.calendar)))
        return self._lives[audience]

    def life_of(self, person: str) -> Life:
        """Return the wall clock and the days off that *person* lives by."""
        if person not in self._life:
            known = self.register.people.get(person)
            own = known.holidays if known and known.holidays != self.ruleset.holidays else ""
            self._life[person] = Life(self.zone_of(person), own)
        return self._life[person]

    def zone_of(self, person: str) -> str:
        """Return the zone of *person*'s wall clock."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone

    def today(self, instant: datetime) -> date:
        """Return the date of *instant* in the programme's zone."""
        return instant.astimezone(ZoneInfo(self.ruleset.zone)).date()

    def status_of(self, person: str, day: date) -> ParticipantStatus | None:
        """Return what *person* is on *day*, or will first be."""
        row = current_or_next(self.enrolments.get(person, ()), day)
        return row.status if row else None

    def pod_of(self, person: str, day: date) -> str | None:
        """Return the pod of *person* on *day*, or the first one ahead."""
        row = current_or_next(self._seats.get(person, ()), day)
        return row.pod if row else None

    def manager_of(self, person: str, day: date) -> str | None:
        """Return the manager of *person* in post on *day*, or the first one ahead."""
        row = current_or_next(self._managers.get(person, ()), day)
        return row.manager if row and row.manager in self.register.people else None

    def coach_of(self, pod: str, day: date) -> str | None:
        """Return the coach of *pod* on *day*, or the first one ahead."""
        row = current_or_next(self._coaches.get(pod, ()), day)
        return row.coach if row else None

    def is_reachable(self, person: str, day: date) -> bool:
        """Tell whether a participant hears from us on *day*: not withdrawn, and not away without a pod."""
        status = self.status_of(person, day)
        if status is ParticipantStatus.SECONDED:
            return current(self._seats.get(person, ()), day) is not None
        return status is ParticipantStatus.ACTIVE

    def reachable(self, day: date) -> list[str]:
        """Return every participant who hears from us on *day*, sorted."""
        return sorted(person for person in self.enrolments if self.is_reachable(person, day))

    # -- pods and sessions --------------------------------------------------------------------------------------

    def members(self, pod: str, day: date) -> list[str]:
        """Return the members of *pod* on *day* who have not withdrawn, sorted."""
        rows = self._members.get(pod, ())
        gone = ParticipantStatus.WITHDRAWN
        return sorted(row.person for row in rows if holds(row, day) and self.status_of(row.person, day) is not gone)

    def begun(self, instant: datetime) -> int:
        """Return how many sessions had begun by *instant*."""
        table = self.timetable
        if table.starts is None:
            table.starts = sorted(s.starts for s in self.register.sessions.values() if s.starts is not None)
        return bisect_right(table.starts, instant)

    def times(self) -> tuple[object, ...]:
        """Return when each session is that is not cancelled: the same as long as none is moved, whoever came."""
        table, off = self.timetable, SessionStatus.CANCELLED
        if table.times is None:
            sessions = (session for session in self.register.sessions.values() if session.status is not off)
            table.times = tuple((each.pod, each.number, each.starts, each.ends, each.zone) for each in sessions)
        return table.times

    def day_of(self, session: Session) -> date:
        """Return the date of *session* in the zone it is anchored to; it must be scheduled."""
        identity = session.id
        if identity not in self._days and session.starts:
            zone = ZoneInfo(session.zone or self.ruleset.zone)
            self._days[identity] = session.starts.astimezone(zone).date()
        return self._days[identity]

    def expected(self, session: Session) -> list[str]:
        """Return who is a member of the session's pod on its date."""
        identity = session.id
        if identity not in self._expected:
            self._expected[identity] = self.members(session.pod, self.day_of(session))
        return self._expected[identity]

    def present_members(self, session: Session) -> list[str]:
        """Return whom the register of *session* must speak of: the members who are not away."""
        return self._active(self.expected(session), session)

    def unrecorded(self, session: Session) -> list[str]:
        """Return those of whom the register of *session* must speak and does not."""
        if session.id not in self._unrecorded:
            silent = [who for who in self.expected(session) if self.record(session, who) is None]
            self._unrecorded[session.id] = self._active(silent, session)
        return self._unrecorded[session.id]

    def _active(self, people: list[str], session: Session) -> list[str]:
        day, active = self.day_of(session), ParticipantStatus.ACTIVE
        return [person for person in people if self.status_of(person, day) is active]

    def ends_of_programme(self) -> datetime | None:
        """Return the end of the last session, None while any is without a date."""
        wanted = [s for s in self.register.sessions.values() if s.status is not SessionStatus.CANCELLED]
        ends = [session.ends for session in wanted if session.ends is not None]
        return max(ends) if ends and len(ends) == len(wanted) else None

    def lacks_dates(self, person: str, day: date) -> bool:
        """Tell whether *person*'s pod, if they have one, still has a session without a date."""
        pod = self.pod_of(person, day)
        sessions = self.by_pod.get(pod, []) if pod else []
        return not sessions or any(session.status is SessionStatus.UNSCHEDULED for session in sessions)

    # -- attendance ---------------------------------------------------------------------------------------------

    def record(self, session: Session, person: str) -> Attendance | None:
        """Return what the register of *session* says of *person*."""
        return self.register.attendance.get((session.id, person))

    def meaning(self, record: Attendance) -> StatusMeaning | None:
        """Return what the client's table says of the status, None for a word it does not know."""
        return self.statuses.get(record.status)

    def history(self, person: str, until: datetime) -> list[tuple[Session, StatusMeaning]]:
        """Return the recorded sessions of *person* that count and began by *until*, in order."""
        if person not in self._streaks:
            records = self._records.get(person, ())
            known = [(self.register.sessions[r.session], r) for r in records if r.session in self.register.sessions]
            known.sort(key=lambda pair: (pair[0].starts or LONG_AGO, pair[0].number))
            meanings = [(session, self.meaning(record)) for session, record in known if session.starts]
            self._streaks[person] = [(session, meaning) for session, meaning in meanings if meaning and meaning.counts]
        return [pair for pair in self._streaks[person] if pair[0].starts and pair[0].starts <= until]


class _Parts(Same):
    """The rules and some parts of a register, by name."""

    __slots__ = ("prepared", "register")

    def __init__(self, prepared: Prepared, register: Register, names: Iterable[str]) -> None:
        super().__init__(prepared, *(getattr(register, name) for name in names))
        self.prepared, self.register = prepared, register


@lru_cache(maxsize=KEPT)
def _indexed(parts: _Parts) -> Index:
    """Return the index of a register; one that differs in its polls alone shares all the rest."""
    placed = _placed(_Parts(parts.prepared, parts.register, (name for name in _PARTS if name != "polls")))
    if placed.register.polls is parts.register.polls:
        return placed
    made = copy(placed)
    made.register = parts.register
    made.polls = OpenPolls.of(parts.register.polls.values())
    return made


@lru_cache(maxsize=KEPT)
def _placed(parts: _Parts) -> Index:
    index = Index(parts.register, parts.prepared.ruleset, parts.prepared.statuses)
    index.provided = parts.prepared.extensions.facts
    index.timetable = timetable_of(Same(parts.prepared, parts.register.sessions))
    return index
