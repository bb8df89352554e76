"""`sync`: bring the roster and the coaches into the register, idempotently, with a report for each row (R3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from convener.errors import UsageError
from convener.model import (
    Enrolment,
    Event,
    Management,
    ParticipantStatus,
    Person,
    Register,
    event_of,
)
from convener.operations.roster import Nominee, Refusal, read_coaches, read_roster
from convener.operations.workspace import Workspace, local_day, moment
from convener.rulesets.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row."""

    programme: str
    line: int
    email: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync did, or would do."""

    created: tuple[RowOutcome, ...] = ()
    updated: tuple[RowOutcome, ...] = ()
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    conflicts: tuple[str, ...] = ()
    """What a person must decide, such as someone who is no longer in the roster."""

    def __add__(self, other: "SyncReport") -> "SyncReport":
        return SyncReport(
            created=self.created + other.created,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            refused=self.refused + other.refused,
            conflicts=self.conflicts + other.conflicts,
        )


@dataclass(frozen=True, slots=True)
class Synced:
    """The register after a sync, with what happened."""

    register: Register
    events: tuple[Event, ...]
    report: SyncReport


def sync(workspace: Workspace, client: str, *, dry_run: bool = False) -> SyncReport:
    """Read the roster of every programme of *client*; write nothing when *dry_run*."""
    rules = workspace.rules.load(client)
    scopes = [f"{client}/{programme}" for programme in rules.prepared] or [workspace.rules.ruleset(f"{client}/").scope]
    total = SyncReport()
    for scope in scopes:
        total += _sync_programme(workspace, workspace.rules.ruleset(scope), dry_run=dry_run)
    return total


def _sync_programme(workspace: Workspace, ruleset: Ruleset, *, dry_run: bool) -> SyncReport:
    names = ruleset.stack.get("roster", ())
    if not names:
        raise UsageError(f"{ruleset.client} names no roster", hint='add roster = "files" to [stack]')
    source = workspace.connectors.roster(names[0])
    reading = read_roster(source.read_roster(ruleset.roster.path), ruleset.roster.columns)
    coaches_table = source.read_coaches()
    people, coaches, refused = read_coaches(coaches_table) if coaches_table else ({}, {}, ())
    people |= {
        sponsor.email: Person(id=sponsor.email, name=sponsor.name, email=sponsor.email) for sponsor in ruleset.sponsors
    }
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        at = moment(workspace.clock, before)
        wanted = {id_ for id_ in coaches if ruleset.coaches is None or id_ in ruleset.coaches}
        known = replace(
            before,
            people={**before.people, **{id_: p for id_, p in people.items() if id_ in wanted or id_ not in coaches}},
            coaches={**before.coaches, **{id_: coaches[id_] for id_ in sorted(wanted)}},
        )
        synced = enrol(known, ruleset, reading.nominees, at=at)
        tx.save(before, synced.register, synced.events)
    return synced.report + SyncReport(refused=reading.refused + refused)


def enrol(register: Register, ruleset: Ruleset, nominees: Sequence[Nominee], *, at: datetime) -> Synced:
    """Take *nominees* into *register*: new people join, changed ones are updated, nobody is removed."""
    day = local_day(at, ruleset)
    report = SyncReport()
    events: list[Event] = []
    for nominee in _known_managers(nominees):
        register, outcome, happened = _take(register, ruleset, nominee, day=day, at=at)
        report += outcome
        events.extend(happened)
    return Synced(register, tuple(events), report + SyncReport(conflicts=_gone(register, nominees, day)))


def _known_managers(nominees: Sequence[Nominee]) -> list[Nominee]:
    """Let a manager who takes part themselves be one person, not two."""
    people = {nominee.person.email.casefold(): nominee.person for nominee in nominees}
    return [
        replace(nominee, manager=people.get(nominee.manager.id, nominee.manager)) if nominee.manager else nominee
        for nominee in nominees
    ]


def _take(
    register: Register, ruleset: Ruleset, nominee: Nominee, *, day: date, at: datetime
) -> tuple[Register, SyncReport, list[Event]]:
    person, scope = nominee.person, ruleset.scope
    known = register.people.get(person.id)
    clash = register.by_email(person.email)
    if clash is not None and clash.id != person.id and clash.id in _enrolled(register):
        reason = f"address {person.email} belongs to id {clash.id} already"
        return register, SyncReport(refused=(Refusal(line=nominee.line, reason=reason),)), []
    changes = [] if known is None else _differences(known, person)
    row = RowOutcome(programme=ruleset.programme, line=nominee.line, email=person.email)
    register = replace(register, people={**register.people, person.id: person})
    events: list[Event] = []
    joined = person.id not in _enrolled(register)
    if joined:
        enrolment = Enrolment(
            person=person.id, status=ParticipantStatus.ACTIVE, since=day, origin=f"{ruleset.roster.path}:{nominee.line}"
        )
        register = replace(register, enrolments=(*register.enrolments, enrolment))
        events.append(event_of("participant.joined", scope, ruleset.programme, at=at, person=person.id))
    register, manager_changed = _with_manager(register, nominee, day)
    if manager_changed and not joined:
        changes.append("line manager")
        events.append(event_of("manager.changed", scope, ruleset.programme, at=at, person=person.id))
    if joined:
        return register, SyncReport(created=(row,)), events
    if not changes:
        return register, SyncReport(unchanged=1), events
    events.append(event_of("participant.updated", scope, ruleset.programme, at=at, person=person.id))
    return register, SyncReport(updated=(replace(row, changes=tuple(changes)),)), events


def _with_manager(register: Register, nominee: Nominee, day: date) -> tuple[Register, bool]:
    """Put the nominee's manager in post from *day*; tell whether that changed anything."""
    manager, person = nominee.manager, nominee.person.id
    current = register.manager_of(person, day)
    if manager is None or current == manager.id:
        people = register.people if manager is None else {**register.people, manager.id: manager}
        return replace(register, people=people), False
    rows = [_closed(row, day) if row.person == person and row.until is None else row for row in register.managements]
    kept = [row for row in rows if row.until is None or row.until > row.since]
    post = Management(person=person, manager=manager.id, since=day)
    people = {**register.people, manager.id: manager}
    return replace(register, people=people, managements=(*kept, post)), True


def _closed(row: Management, day: date) -> Management:
    return replace(row, until=max(day, row.since))


def _enrolled(register: Register) -> set[str]:
    return {row.person for row in register.enrolments}


def _differences(known: Person, person: Person) -> list[str]:
    fields = [
        name
        for name in ("name", "email", "mobile", "zone", "holidays")
        if getattr(known, name) != getattr(person, name)
    ]
    columns = {*known.attributes, *person.attributes}
    return fields + sorted(c for c in columns if known.attributes.get(c) != person.attributes.get(c))


def _gone(register: Register, nominees: Sequence[Nominee], day: date) -> tuple[str, ...]:
    """Name enrolled people whom the roster no longer lists; leaving is a decision, not an omission (R2)."""
    listed = {nominee.person.id for nominee in nominees}
    missing = [register.people[id_] for id_ in register.participants(day) if id_ not in listed]
    return tuple(f"{person.email} is no longer in the roster: withdraw them or put them back" for person in missing)
