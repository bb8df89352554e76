"""The register of a test, made of what is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from convener.decide import Prepared
from convener.decide.moments.timing import local, shifted, wall
from convener.model import (
    Attendance,
    Coach,
    Coaching,
    Enrolment,
    Event,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    PollRequest,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    Span,
    Unit,
    event_of,
)
from convener.operations.scenarios.cast import Cast, email_of, sessions_of
from convener.operations.scenarios.tables import GivenTable, ParticipantTable, PersonTable, SessionTable

BEFORE = timedelta(weeks=8)
"""How long before the programme a test begins that does not say when."""
MORNING = time(9)
DAY = timedelta(days=1)
MONTH = timedelta(days=30)
WHOLE_DAY = timedelta(hours=8)
"""How long a session of one day takes."""
MOBILE = "+447700900000"


def instant(moment: datetime, zone: str) -> datetime:
    """Return the instant at which the wall clock in *zone* shows *moment*."""
    return wall(moment.date(), moment.time(), zone)


def beginning(given: GivenTable, prepared: Prepared) -> datetime:
    """Return the instant at which a test begins."""
    ruleset = prepared.ruleset
    return instant(given.now or datetime.combine(ruleset.starts - BEFORE, MORNING), ruleset.zone)


def register_of(given: GivenTable, cast: Cast, prepared: Prepared) -> Register:
    """Return the register that *given* describes; every name in it must be in *cast*.

    A live programme went live before anything in it happened, and everything due until the test begins has
    been decided.
    """
    return _World(given, cast, prepared, beginning(given, prepared)).register()


@dataclass(frozen=True, slots=True)
class _World:
    given: GivenTable
    cast: Cast
    prepared: Prepared
    now: datetime

    def register(self) -> Register:
        ruleset, is_live = self.prepared.ruleset, self.given.state == "live"
        sessions = {session.id: session for session in self.sessions()}
        attendance = tuple(self.attendance())
        live_since = min([self.now, *(s.starts for s in sessions.values() if s.starts)]) - DAY
        events = [*self.joined(live_since), *self.recorded(sessions, attendance, live_since)]
        if is_live:
            events.append(event_of("programme.live", ruleset.scope, ruleset.programme, at=live_since))
        return Register(
            client=ruleset.client,
            programme=ruleset.programme,
            state=ProgrammeState.LIVE if is_live else ProgrammeState.DRAFT,
            cursor=self.now if is_live else None,
            people={person.id: person for person in self.people()},
            coaches={self.cast.people[name]: Coach(id=self.cast.people[name]) for name in self.given.coaches},
            enrolments=tuple(self.enrolments()),
            memberships=tuple(self.memberships()),
            managements=tuple(self.managements()),
            coachings=tuple(self.coachings()),
            pods={identity: Pod(id=identity, name=name) for name, identity in self.cast.pods.items()},
            sessions=sessions,
            attendance={(row.session, row.person): row for row in attendance},
            polls={(poll.poll, poll.subject, poll.person): poll for poll in self.polls()},
            events=tuple(sorted(events, key=lambda event: event.at)),
        )

    # -- people -------------------------------------------------------------------------------------------------

    def people(self) -> Iterator[Person]:
        everyone: dict[str, PersonTable] = {**self.given.managers, **self.given.coaches, **self.given.participants}
        for name, table in everyone.items():
            yield Person(
                id=self.cast.people[name],
                name=name.title(),
                email=email_of(name, table),
                mobile=MOBILE if table.mobile else "",
                zone=table.timezone,
                holidays=table.holidays,
                attributes=table.attributes if isinstance(table, ParticipantTable) else {},
            )

    def since(self, table: ParticipantTable) -> date:
        return table.joined or self.today - MONTH

    @property
    def today(self) -> date:
        return local(self.now, self.prepared.ruleset.zone).date()

    def enrolments(self) -> Iterator[Enrolment]:
        for name, table in self.given.participants.items():
            status = ParticipantStatus(table.status)
            yield Enrolment(person=self.cast.people[name], status=status, since=self.since(table), origin="given")

    def memberships(self) -> Iterator[Membership]:
        for name, table in self.given.participants.items():
            pod = next(iter(self.cast.pods)) if table.pod is None else table.pod
            if pod:
                yield Membership(person=self.cast.people[name], pod=self.cast.pods[pod], since=self.since(table))

    def managements(self) -> Iterator[Management]:
        for name, table in self.given.participants.items():
            manager = next(iter(self.given.managers)) if table.manager is None else table.manager
            if manager:
                bosses = self.cast.people[manager]
                yield Management(person=self.cast.people[name], manager=bosses, since=self.since(table))

    def coachings(self) -> Iterator[Coaching]:
        for name, table in self.given.pods.items():
            coach = next(iter(self.given.coaches)) if table.coach is None else table.coach
            if coach:
                bounds = self.today - MONTH
                yield Coaching(pod=self.cast.pods[name], coach=self.cast.people[coach], since=bounds)

    def joined(self, live_since: datetime) -> Iterator[Event]:
        """Yield that everyone joined: before the programme went live, or on the day they are said to."""
        scope, zone = self.prepared.ruleset.scope, self.prepared.ruleset.zone
        for name, table in self.given.participants.items():
            later = wall(table.joined, MORNING, zone) if table.joined else self.now
            at = later if later > self.now else live_since - DAY
            person = self.cast.people[name]
            yield event_of("participant.joined", scope, self.cast.programme, at=at, person=person)

    # -- sessions -----------------------------------------------------------------------------------------------

    def sessions(self) -> Iterator[Session]:
        for name, pod, number in sessions_of(self.given):
            table = self.session_table(name, number)
            starts, ends = self.hours(table)
            yield Session(
                pod=self.cast.pods[pod],
                number=number,
                topic=self.topic(table, number),
                status=self.status(table),
                starts=starts,
                ends=ends,
                zone=self.prepared.ruleset.zone,
            )

    def session_table(self, name: str, number: int) -> SessionTable:
        """Return what is said of one session: under its own name, else under its number."""
        written = self.given.sessions.get(name, self.given.sessions.get(str(number)))
        return written if isinstance(written, SessionTable) else SessionTable(starts=written)

    def hours(self, table: SessionTable) -> tuple[datetime | None, datetime | None]:
        zone = self.prepared.ruleset.zone
        if table.starts is None:
            return None, None
        ends = table.ends or table.starts + length_of(self.prepared.ruleset.sessions.length)
        return instant(table.starts, zone), instant(ends, zone)

    def topic(self, table: SessionTable, number: int) -> str:
        topics = self.prepared.ruleset.topics
        return topics[number - 1] if number <= len(topics) and "topic" not in table.model_fields_set else table.topic

    @staticmethod
    def status(table: SessionTable) -> SessionStatus:
        if "status" in table.model_fields_set or not (table.attendance or table.starts is None):
            return SessionStatus(table.status)
        return SessionStatus.HELD if table.attendance else SessionStatus.UNSCHEDULED

    def attendance(self) -> Iterator[Attendance]:
        for name, pod, number in sessions_of(self.given):
            for who, status in self.session_table(name, number).attendance.items():
                session = f"{self.cast.pods[pod]}/{number}"
                yield Attendance(session=session, person=self.cast.people[who], status=status, source="given")

    def recorded(
        self, sessions: dict[str, Session], rows: tuple[Attendance, ...], live_since: datetime
    ) -> Iterator[Event]:
        """Yield that registers came in and sessions were held, at the end of each; what is said ahead, long ago."""
        scope = self.prepared.ruleset.scope
        for row in rows:
            ends = sessions[row.session].ends
            at = ends if ends is not None and ends <= self.now else live_since
            yield event_of("attendance.recorded", scope, row.session, at=at, person=row.person)
        for session in sessions.values():
            if session.status is SessionStatus.HELD and session.ends is not None:
                yield event_of("session.held", scope, session.id, at=session.ends)

    def polls(self) -> Iterator[PollRequest]:
        zone = self.prepared.ruleset.zone
        for table in self.given.polls:
            opened = instant(table.opened, zone)
            lasts = self.prepared.ruleset.polls[table.poll].closes
            yield PollRequest(
                poll=table.poll,
                subject=self.cast.subjects[table.about] if table.about else self.cast.programme,
                person=self.cast.people[table.who],
                opened=opened,
                closes=instant(table.closes, zone)
                if table.closes
                else shifted(opened, lasts, 1, zone, self.prepared.holidays),
                answered=instant(table.answered, zone) if table.answered else None,
            )


def length_of(span: Span) -> timedelta:
    """Return how long a session of *span* takes: of a day or more, eight hours on the last."""
    if span.unit in (Unit.MINUTE, Unit.HOUR):
        return span.as_timedelta()
    return (span.count - 1) * DAY + WHOLE_DAY
