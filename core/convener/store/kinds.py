"""How each part of a register becomes rows of its table, and rows become that part again."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row, Table

from convener.model import (
    Attendance,
    Coach,
    Coaching,
    DateRange,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    PollRequest,
    Register,
    Session,
    SessionStatus,
)
from convener.store import schema

Key = tuple[Any, ...]
"""Natural key within a programme."""
Part = Mapping[Key, Any]
"""One part of a register by natural key; values are frozen."""
Values = dict[str, Any]
"""One row without client and programme."""
Dated = TypeVar("Dated", Enrolment, Membership, Management, Coaching)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One part of a register and its table."""

    table: Table
    field: str
    """Field of `Register` it comes from: the very same object before and after needs no comparing."""
    part: Callable[[Register], Part]
    write: Callable[[Key, Any], Values]
    read: Callable[[Row[Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A part that all programmes of a client share, with the table that says which of it a programme knows."""

    kind: Kind
    """Keyed by (client, id)."""
    link: Table


def _numbered(rows: Iterable[Dated], subject: Callable[[Dated], str]) -> Part:
    """Key *rows* by subject, first day and how many before them share both, so that no row can hide another."""
    seen: Counter[Key] = Counter()
    keyed: dict[Key, Dated] = {}
    for row in rows:
        name, since = subject(row), row.since
        keyed[name, since, seen[name, since]] = row
        seen[name, since] += 1
    return keyed


def _by_id(items: Mapping[str, Any]) -> Part:
    return {(id_,): item for id_, item in items.items()}


def _interval(row: Any, nth: int) -> Values:
    return {"since": row.since, "nth": nth, "until": row.until}


PEOPLE = Shared(
    link=schema.programme_people,
    kind=Kind(
        table=schema.people,
        field="people",
        part=lambda register: _by_id(register.people),
        write=lambda key, person: {
            "id": key[0],
            "name": person.name,
            "email": person.email,
            "mobile": person.mobile,
            "zone": person.zone,
            "holidays": person.holidays,
            "attributes": dict(person.attributes),
            "address": person.email.casefold(),
        },
        read=lambda row: Person(
            id=row.id,
            name=row.name,
            email=row.email,
            mobile=row.mobile,
            zone=row.zone,
            holidays=row.holidays,
            attributes=row.attributes,
        ),
    ),
)

COACHES = Shared(
    link=schema.programme_coaches,
    kind=Kind(
        table=schema.coaches,
        field="coaches",
        part=lambda register: _by_id(register.coaches),
        write=lambda key, coach: {
            "id": key[0],
            "max_pods": coach.max_pods,
            "accredited": sorted(coach.accredited),
            "years": coach.years,
            "away": [str(days) for days in coach.away],
        },
        read=lambda row: Coach(
            id=row.id,
            max_pods=row.max_pods,
            accredited=frozenset(row.accredited),
            years=row.years,
            away=tuple(DateRange.parse(days) for days in row.away),
        ),
    ),
)

ENROLMENTS = Kind(
    table=schema.enrolments,
    field="enrolments",
    part=lambda register: _numbered(register.enrolments, lambda row: row.person),
    write=lambda key, row: {
        **_interval(row, key[2]),
        "person": row.person,
        "status": row.status.value,
        "reason": row.reason,
        "origin": row.origin,
    },
    read=lambda row: Enrolment(
        person=row.person,
        status=ParticipantStatus(row.status),
        since=row.since,
        until=row.until,
        reason=row.reason,
        origin=row.origin,
    ),
)

PODS = Kind(
    table=schema.pods,
    field="pods",
    part=lambda register: _by_id(register.pods),
    write=lambda key, pod: {"id": key[0], "name": pod.name, "frozen": pod.frozen},
    read=lambda row: Pod(id=row.id, name=row.name, frozen=row.frozen),
)

MEMBERSHIPS = Kind(
    table=schema.memberships,
    field="memberships",
    part=lambda register: _numbered(register.memberships, lambda row: row.person),
    write=lambda key, row: {**_interval(row, key[2]), "person": row.person, "pod": row.pod},
    read=lambda row: Membership(person=row.person, pod=row.pod, since=row.since, until=row.until),
)

MANAGEMENTS = Kind(
    table=schema.managements,
    field="managements",
    part=lambda register: _numbered(register.managements, lambda row: row.person),
    write=lambda key, row: {**_interval(row, key[2]), "person": row.person, "manager": row.manager},
    read=lambda row: Management(person=row.person, manager=row.manager, since=row.since, until=row.until),
)

COACHINGS = Kind(
    table=schema.coachings,
    field="coachings",
    part=lambda register: _numbered(register.coachings, lambda row: row.pod),
    write=lambda key, row: {**_interval(row, key[2]), "pod": row.pod, "coach": row.coach},
    read=lambda row: Coaching(pod=row.pod, coach=row.coach, since=row.since, until=row.until),
)

SESSIONS = Kind(
    table=schema.sessions,
    field="sessions",
    part=lambda register: _by_id(register.sessions),
    write=lambda key, session: {
        "id": key[0],
        "pod": session.pod,
        "number": session.number,
        "topic": session.topic,
        "status": session.status.value,
        "starts": session.starts,
        "ends": session.ends,
        "zone": session.zone,
    },
    read=lambda row: Session(
        pod=row.pod,
        number=row.number,
        topic=row.topic,
        status=SessionStatus(row.status),
        starts=row.starts,
        ends=row.ends,
        zone=row.zone,
    ),
)

ATTENDANCE = Kind(
    table=schema.attendance,
    field="attendance",
    part=lambda register: register.attendance,
    write=lambda key, row: {
        "session": key[0],
        "person": key[1],
        "status": row.status,
        "engagement": row.engagement,
        "source": row.source,
    },
    read=lambda row: Attendance(
        session=row.session, person=row.person, status=row.status, engagement=row.engagement, source=row.source
    ),
)

NOTES = Kind(
    table=schema.attendance_notes,
    field="attendance",
    part=lambda register: {key: row.note for key, row in register.attendance.items() if row.note},
    write=lambda key, note: {"session": key[0], "person": key[1], "note": note},
    read=lambda row: row.note,
)

POLLS = Kind(
    table=schema.polls,
    field="polls",
    part=lambda register: register.polls,
    write=lambda key, row: {
        "poll": key[0],
        "subject": key[1],
        "person": key[2],
        "opened": row.opened,
        "closes": row.closes,
        "answered": row.answered,
    },
    read=lambda row: PollRequest(
        poll=row.poll,
        subject=row.subject,
        person=row.person,
        opened=row.opened,
        closes=row.closes,
        answered=row.answered,
    ),
)

SHARED = (PEOPLE, COACHES)
OWN = (ENROLMENTS, PODS, MEMBERSHIPS, MANAGEMENTS, COACHINGS, SESSIONS, ATTENDANCE, NOTES, POLLS)
"""In the order in which rows may be written; they are deleted in the opposite one."""
