"""The register, indexed once for each decision, so that no question costs a scan."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from convener.model import (
    Attendance,
    Event,
    ParticipantStatus,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    holds,
)
from convener.model.register import Dated
from convener.rulesets.kinds import StatusMeaning
from convener.rulesets.ruleset import Ruleset

Value = TypeVar("Value")
Row = TypeVar("Row", bound=Dated)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def grouped(values: Iterable[Value], key: Callable[[Value], str]) -> dict[str, list[Value]]:
    """Return *values* by *key*, in their order."""
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found


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


class Index:
    """Questions a decision asks of a register, each answered from a dictionary."""

    def __init__(self, register: Register, ruleset: Ruleset, statuses: Mapping[str, StatusMeaning]) -> None:
        self.register = register
        self.ruleset = ruleset
        self.statuses = statuses
        self.live_since = register.live_since or LONG_AGO
        self.enrolments = grouped(register.enrolments, lambda row: row.person)
        self._seats = grouped(register.memberships, lambda row: row.person)
        self._members = grouped(register.memberships, lambda row: row.pod)
        self._managers = grouped(register.managements, lambda row: row.person)
        self._coaches = grouped(register.coachings, lambda row: row.pod)
        self.by_pod = grouped(sorted(register.sessions.values(), key=lambda s: (s.pod, s.number)), lambda s: s.pod)
        self.polls = grouped(register.polls.values(), lambda poll: poll.person)
        self.events = grouped(register.events, lambda event: event.name)
        self._first_held = {event.subject: event.id for event in reversed(self.events.get("session.held", []))}
        self._records = grouped(register.attendance.values(), lambda record: record.person)
        self._streaks: dict[str, list[tuple[Session, Attendance]]] = {}
        self._expected: dict[str, list[str]] = {}
        self._days: dict[str, date] = {}
        self._zones: dict[str, tuple[str, ...]] = {}
        self._latest: dict[str, list[Event]] = {}

    @property
    def is_live(self) -> bool:
        """Whether anything may go out at all."""
        return self.register.state is ProgrammeState.LIVE

    # -- people -------------------------------------------------------------------------------------------------

    def zones_of(self, audience: str) -> tuple[str, ...]:
        """Return the zones that the people of *audience* live in, and the programme's; all others never matter."""
        if audience not in self._zones:
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
            people = known.get(audience, set())
            self._zones[audience] = tuple(sorted({self.zone_of(person) for person in people} | {self.ruleset.zone}))
        return self._zones[audience]

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

    def day_of(self, session: Session) -> date:
        """Return the date of *session* in the zone it is anchored to; it must be scheduled."""
        if session.id not in self._days and session.starts:
            zone = ZoneInfo(session.zone or self.ruleset.zone)
            self._days[session.id] = session.starts.astimezone(zone).date()
        return self._days[session.id]

    def expected(self, session: Session) -> list[str]:
        """Return who is a member of the session's pod on its date."""
        if session.id not in self._expected:
            self._expected[session.id] = self.members(session.pod, self.day_of(session))
        return self._expected[session.id]

    def present_members(self, session: Session) -> list[str]:
        """Return whom the register of *session* must speak of: the members who are not away."""
        return self._active(self.expected(session), session)

    def unrecorded(self, session: Session) -> list[str]:
        """Return those of whom the register of *session* must speak and does not."""
        return self._active([who for who in self.expected(session) if self.record(session, who) is None], session)

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
            self._streaks[person] = sorted(known, key=lambda pair: (pair[0].starts or LONG_AGO, pair[0].number))
        meanings = ((session, self.meaning(record)) for session, record in self._streaks[person])
        return [
            (session, meaning)
            for session, meaning in meanings
            if meaning and meaning.counts and session.starts and session.starts <= until
        ]

    def events_since(self, name: str, since: datetime) -> list[Event]:
        """Return the events *name* that took effect after *since*, oldest first; drafts count from going live."""
        known = self.events.get(name, [])
        if since < self.live_since:
            return known
        found: list[Event] = []
        for event in reversed(known):
            if event.at <= since - timedelta(days=1):  # events are stored in order; a day's margin for late entries
                break
            found.append(event)
        return found[::-1]

    def latest(self, name: str) -> list[Event]:
        """Return for each person, else subject, the event *name* of their latest session, whenever it was recorded."""
        if name not in self._latest:
            found: dict[str, tuple[datetime, Event]] = {}
            for event in self.events.get(name, ()):
                session = self.register.sessions.get(event.subject)
                when = session.starts if session is not None and session.starts else event.at
                whose = event.person or (session.pod if session else event.subject)
                if whose not in found or found[whose][0] <= when:
                    found[whose] = (when, event)
            self._latest[name] = [event for _, event in found.values()]
        return self._latest[name]

    def is_repeated(self, event: Event) -> bool:
        """Tell whether *event* says again that a session was held; it follows from the first time only."""
        return event.name == "session.held" and self._first_held.get(event.subject, event.id) != event.id
