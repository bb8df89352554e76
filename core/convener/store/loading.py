"""Loading a register from its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from convener.model import Attendance, PollRequest, ProgrammeState, Register, Session
from convener.store import kinds, schema
from convener.store.events import load_events
from convener.store.invites import load_invites
from convener.store.revisions import KeptRegisters


def load_register(
    connection: Connection, client: str, programme: str, *, notes: bool, kept: KeptRegisters | None = None
) -> Register:
    """Return the register of one programme, an empty draft when there is none yet; with *notes* if asked for.

    On PostgreSQL nobody else can load it for the rest of the transaction (SQLite has one writer anyway), so
    that what is saved next was decided on what is there. What *kept* holds at the same revision is not read again.
    """
    _reserve(connection, client, programme)
    table = schema.programmes
    found = connection.execute(select(table).where(table.c.client == client, table.c.programme == programme)).first()
    if found is None:
        return Register(client=client, programme=programme)
    if notes or kept is None:
        return _read(connection, found, notes=notes)
    scope, now = (client, programme), {"state": ProgrammeState(found.state), "cursor": found.cursor}
    known = kept.get(scope, found.revision)
    register = replace(known, **now) if known else _read(connection, found, notes=notes)
    if known is None:
        kept.keep(scope, found.revision, register)
    return register


def _read(connection: Connection, found: Row[Any], *, notes: bool) -> Register:
    """Read every row of the programme *found*."""
    client, programme = found.client, found.programme
    sessions: list[Session] = _own(connection, kinds.SESSIONS, client, programme)
    polls: list[PollRequest] = _own(connection, kinds.POLLS, client, programme)
    return Register(
        client=client,
        programme=programme,
        state=ProgrammeState(found.state),
        cursor=found.cursor,
        people=_by_id(_shared(connection, kinds.PEOPLE, client, programme)),
        coaches=_by_id(_shared(connection, kinds.COACHES, client, programme)),
        enrolments=_dated(connection, kinds.ENROLMENTS, client, programme),
        memberships=_dated(connection, kinds.MEMBERSHIPS, client, programme),
        managements=_dated(connection, kinds.MANAGEMENTS, client, programme),
        coachings=_dated(connection, kinds.COACHINGS, client, programme),
        pods=_by_id(_own(connection, kinds.PODS, client, programme)),
        sessions={session.id: session for session in sorted(sessions, key=lambda one: (one.pod, one.number))},
        attendance=_attendance(connection, client, programme, notes=notes),
        polls={(poll.poll, poll.subject, poll.person): poll for poll in polls},
        invites=load_invites(connection, client, programme),
        events=load_events(connection, client, programme),
    )


def _reserve(connection: Connection, client: str, programme: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{client}/{programme}", 0))))


def _rows(connection: Connection, table: Table, client: str, programme: str) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(table.c.client == client, table.c.programme == programme)).all()


def _own(connection: Connection, kind: kinds.Kind, client: str, programme: str) -> list[Any]:
    return [kind.read(row) for row in _rows(connection, kind.table, client, programme)]


def _dated(connection: Connection, kind: kinds.Kind, client: str, programme: str) -> tuple[Any, ...]:
    """Return rows by first day, then subject, then the order they were given in."""
    key = [column.name for column in kind.table.primary_key][2:]
    subject = next(name for name in key if name not in {"since", "nth"})
    rows = sorted(
        _rows(connection, kind.table, client, programme),
        key=lambda row: (row.since, getattr(row, subject), row.nth),
    )
    return tuple(kind.read(row) for row in rows)


def _shared(connection: Connection, part: kinds.Shared, client: str, programme: str) -> list[Any]:
    table, link = part.kind.table, part.link
    joined = select(table).join(link, (link.c.client == table.c.client) & (link.c.id == table.c.id))
    mine = joined.where(link.c.client == client, link.c.programme == programme)
    return [part.kind.read(row) for row in connection.execute(mine)]


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: item for item in sorted(items, key=lambda one: one.id)}


def _attendance(
    connection: Connection, client: str, programme: str, *, notes: bool
) -> dict[tuple[str, str], Attendance]:
    rows: list[Attendance] = _own(connection, kinds.ATTENDANCE, client, programme)
    found = {(row.session, row.person): row for row in rows}
    if notes:
        for row in _rows(connection, kinds.NOTES.table, client, programme):
            key = (row.session, row.person)
            found[key] = replace(found[key], note=row.note)
    return found
