"""Changes about one participant: leaving, being away and coming back, another pod, another manager."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from convener.decide.changes.draft import Changed, last_pod, participant_of, pod_of
from convener.decide.changes.rows import ended, switched
from convener.documents import nearest
from convener.errors import UsageError
from convener.model import (
    Enrolment,
    Event,
    Management,
    Membership,
    MovePod,
    NewManager,
    ParticipantStatus,
    Person,
    Promote,
    Register,
    Return,
    Second,
    Withdraw,
    event_of,
)


def withdraw(register: Register, change: Withdraw, at: datetime) -> Changed:
    """Let a person leave: enrolment becomes withdrawn, membership ends, attendance stays."""
    person = participant_of(register, change.person, change.on)
    gone = Enrolment(
        person=person,
        status=ParticipantStatus.WITHDRAWN,
        since=change.on,
        reason=change.reason,
        origin=_origin(change.on, "withdraw"),
    )
    after = replace(
        register,
        enrolments=switched(register.enrolments, lambda row: row.person == person, gone),
        memberships=ended(register.memberships, lambda row: row.person == person, change.on),
    )
    return Changed(register=after, events=(_event(register, "participant.withdrawn", person, at, change.on),))


def second(register: Register, change: Second, at: datetime) -> Changed:
    """Let a person be away from the day, in another pod or in none; with `until` they are back by themselves."""
    person = participant_of(register, change.person, change.on)
    if register.status_of(person, change.on) is ParticipantStatus.SECONDED:
        raise UsageError(f"{change.person!r} is already seconded on {change.on}")
    if change.until is not None and change.until <= change.on:
        raise UsageError(f"a secondment from {change.on} cannot end on {change.until}")
    pod = pod_of(register, change.pod) if change.pod else ""
    home = register.pod_of(person, change.on)
    before = register.people[person].zone
    after = replace(
        register,
        enrolments=switched(register.enrolments, lambda row: row.person == person, *_away(person, change)),
        memberships=_seats_away(register, person, change, (pod, home)),
        people=_in_zone(register, person, change.zone),
    )
    event = _event(register, "participant.seconded", person, at, change.on, zone_before=before, pod=pod)
    notes = ("the time zone changes at once, not only from the day",) if change.zone and change.on > at.date() else ()
    return Changed(register=after, events=(event,), notes=notes)


def _away(person: str, change: Second) -> list[Enrolment]:
    origin = _origin(change.on, "second")
    status = ParticipantStatus.SECONDED
    rows = [Enrolment(person=person, status=status, since=change.on, until=change.until, origin=origin)]
    if change.until is not None:
        rows.append(Enrolment(person=person, status=ParticipantStatus.ACTIVE, since=change.until, origin=origin))
    return rows


def _seats_away(
    register: Register, person: str, change: Second, pods: tuple[str, str | None]
) -> tuple[Membership, ...]:
    away, home = pods
    rows = ended(register.memberships, lambda row: row.person == person, change.on)
    if away:
        rows = (*rows, Membership(person=person, pod=away, since=change.on, until=change.until))
    if home and change.until is not None:
        rows = (*rows, Membership(person=person, pod=home, since=change.until))
    return rows


def come_back(register: Register, change: Return, at: datetime) -> Changed:
    """Let a seconded or withdrawn person come back, to the pod named or the last they were in at home."""
    person = _returning(register, change)
    pod = pod_of(register, change.pod) if change.pod else _home(register, person, change.on)
    active = Enrolment(
        person=person, status=ParticipantStatus.ACTIVE, since=change.on, origin=_origin(change.on, "return")
    )
    seats = register.memberships
    if pod:
        seats = switched(seats, lambda row: row.person == person, Membership(person=person, pod=pod, since=change.on))
    left = _left(register, person)
    zone = change.zone or (left.data.get("zone_before", "") if left else register.people[person].zone)
    after = replace(
        register,
        enrolments=switched(register.enrolments, lambda row: row.person == person, active),
        memberships=seats,
        people={**register.people, person: replace(register.people[person], zone=zone)},
    )
    notes = () if pod else ("they are in no pod yet",)
    event = _event(register, "participant.returned", person, at, change.on, pod=pod or "")
    return Changed(register=after, events=(event,), notes=notes)


def _returning(register: Register, change: Return) -> str:
    wanted = change.person.casefold()
    for row in register.enrolments:
        known = register.people.get(row.person)
        if row.person == change.person or (known is not None and known.email.casefold() == wanted):
            if register.status_of(row.person, change.on) is ParticipantStatus.ACTIVE:
                raise UsageError(f"{change.person!r} is not away on {change.on}")
            return row.person
    return participant_of(register, change.person, change.on)


def _left(register: Register, person: str) -> Event | None:
    """Return the last event by which *person* was seconded and not back yet."""
    names = ("participant.seconded", "participant.returned")
    last = next((event for event in reversed(register.events) if event.person == person and event.name in names), None)
    return last if last is not None and last.name == "participant.seconded" else None


def _home(register: Register, person: str, day: date) -> str | None:
    """Return the pod *person* was in before they went, else the last they were in."""
    left = _left(register, person)
    if left is not None and "on" in left.data:
        began = date.fromisoformat(left.data["on"])
        rows = [row for row in register.memberships if row.person == person and row.since < began]
        if rows:
            return max(rows, key=lambda row: row.since).pod
    return last_pod(register, person, day)


def move_pod(register: Register, change: MovePod, at: datetime) -> Changed:
    """Move a person to another pod from the day; what they attended stays with them."""
    person = participant_of(register, change.person, change.on)
    pod = pod_of(register, change.pod)
    before = register.pod_of(person, change.on)
    if before == pod:
        raise UsageError(f"{change.person!r} is already in {pod} on {change.on}")
    seat = Membership(person=person, pod=pod, since=change.on)
    after = replace(register, memberships=switched(register.memberships, lambda row: row.person == person, seat))
    event = event_of(
        "participant.moved", register.scope, pod,
        at=at, person=person, on=change.on.isoformat(), pod_before=before or "",
    )  # fmt: skip
    return Changed(register=after, events=(event,))


def new_manager(register: Register, change: NewManager, at: datetime) -> Changed:
    """Let a person report to somebody else from the day."""
    person = participant_of(register, change.person, change.on)
    address = change.email.strip()
    if register.people[person].email.casefold() == address.casefold():
        raise UsageError(f"{address!r} cannot be their own line manager")
    if "@" not in address or not change.name.strip():
        raise UsageError(
            "a new manager needs a name and an address", hint="for example --name 'Ana Ruiz' --email a@b.c"
        )
    manager = next((known for known in register.people if known.casefold() == address.casefold()), address.casefold())
    if register.manager_of(person, change.on) == manager:
        raise UsageError(f"{change.person!r} already reports to {manager!r} on {change.on}")
    known = register.people.get(manager) or Person(id=manager, name=change.name.strip(), email=address)
    row = Management(person=person, manager=manager, since=change.on)
    after = replace(
        register,
        people={**register.people, manager: known},
        managements=switched(register.managements, lambda old: old.person == person, row),
    )
    return Changed(register=after, events=(_event(register, "manager.changed", person, at, change.on),))


def promote(register: Register, change: Promote, at: datetime) -> Changed:
    """Give a person another post: other values in columns of the roster, and another line manager if one is named."""
    person = participant_of(register, change.person, change.on)
    if not change.attributes and not (change.manager_email or change.manager_name):
        raise UsageError("a promotion changes something", hint="for example --set grade=8b, or another line manager")
    known = register.people[person]
    after = _with_attributes(register, known, change.attributes)
    events = [_event(register, "participant.promoted", person, at, change.on, columns=" ".join(change.attributes))]
    if change.manager_email or change.manager_name:
        manager = NewManager(person=person, on=change.on, name=change.manager_name, email=change.manager_email)
        made = new_manager(after, manager, at)
        after, events = made.register, [*events, *made.events]
    notes = ["put it in the roster too, or the next sync brings the old values back"] if change.attributes else []
    if change.attributes and change.on > at.date():
        notes.append(f"{', '.join(change.attributes)} changes at once, not only from the day")
    return Changed(register=after, events=tuple(events), notes=tuple(notes))


def _with_attributes(register: Register, known: Person, attributes: Mapping[str, str]) -> Register:
    """Return *register* with *attributes* of one person; raise UsageError for a column that the roster has not."""
    columns = {column for person in register.people.values() for column in person.attributes}
    for column in attributes:
        if column not in columns:
            raise UsageError(f"the roster has no column {column!r}", hint=nearest(column, sorted(columns)))
    row = replace(known, attributes={**known.attributes, **attributes})
    return replace(register, people={**register.people, row.id: row})


def _origin(day: date, verb: str) -> str:
    return f"change {verb} on {day}"


def _in_zone(register: Register, person: str, zone: str) -> dict[str, Person]:
    people = dict(register.people)
    if zone:
        people[person] = replace(people[person], zone=zone)
    return people


def _event(register: Register, name: str, person: str, at: datetime, day: date, **data: str) -> Event:
    return event_of(name, register.scope, register.programme, at=at, person=person, on=day.isoformat(), **data)
