"""Proposals and flags: what waits for a person, one set for each programme."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select

from convener.model import Flag
from convener.store.inserting import insert_into
from convener.store.schema import flags, proposals


def split(scope: str) -> tuple[str, str]:
    """Return client and programme of *scope*; the programme is empty when only a client is named."""
    client, _, programme = scope.partition("/")
    return client, programme


def within(table: Table, scope: str) -> list[ColumnElement[bool]]:
    """Return the conditions for rows of *scope*: everything, a client or a programme."""
    named = zip((table.c.client, table.c.programme), split(scope), strict=True)
    return [column == value for column, value in named if value]


def put_proposal(connection: Connection, scope: str, kind: str, payload: dict[str, Any], at: datetime) -> None:
    """Keep *payload* as the one proposal of *kind*, in place of the last."""
    client, programme = split(scope)
    told = {"payload": payload, "at": at}
    statement = insert_into(connection, proposals).on_conflict_do_update(
        index_elements=["client", "programme", "kind"], set_=told
    )
    connection.execute(statement, {"client": client, "programme": programme, "kind": kind, **told})


def read_proposal(connection: Connection, scope: str, kind: str) -> dict[str, Any] | None:
    """Return the last proposal of *kind*, None when there is none."""
    mine = select(proposals.c.payload).where(*within(proposals, scope), proposals.c.kind == kind)
    return connection.execute(mine).scalar()


def put_flags(connection: Connection, scope: str, raised: Sequence[Flag]) -> None:
    """Replace the flags of *scope*; one that was there already keeps the instant it was first raised."""
    since = {flag.id: flag.since for flag in read_flags(connection, scope)}
    client, programme = split(scope)
    connection.execute(delete(flags).where(*within(flags, scope)))
    rows = {
        flag.id: {
            "client": client,
            "programme": programme,
            "id": flag.id,
            "severity": flag.severity,
            "subject": flag.subject,
            "since": since.get(flag.id, flag.since),
            "text": flag.text,
            "settle": flag.settle,
        }
        for flag in raised
    }
    if rows:
        connection.execute(insert(flags), list(rows.values()))


def read_flags(connection: Connection, scope: str) -> list[Flag]:
    """Return the flags of *scope*, oldest first."""
    found = (
        Flag(
            id=row.id,
            severity=row.severity,
            client=row.client,
            programme=row.programme,
            subject=row.subject,
            since=row.since,
            text=row.text,
            settle=row.settle,
        )
        for row in connection.execute(select(flags).where(*within(flags, scope)))
    )
    return sorted(found, key=lambda flag: (flag.since, flag.client, flag.programme, flag.id))
