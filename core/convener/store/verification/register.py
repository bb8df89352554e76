"""What must hold of every row of a register, beyond what the database itself refuses."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, Table, select

from convener.model import ProgrammeState, SessionStatus
from convener.store import schema
from convener.store.kinds import OWN, SHARED
from convener.store.verification.fault import Fault, fault_of

_DATED = (schema.enrolments, schema.memberships, schema.managements, schema.coachings)
_DATELESS = frozenset({SessionStatus.UNSCHEDULED, SessionStatus.CANCELLED})
"""What a session may be that has no date."""
_MARKS = range(1, 6)
"""What a coach can say of somebody's engagement."""


def register_faults(connection: Connection) -> Iterator[Fault]:
    """Yield every row that cannot be read or contradicts itself, and every two of which one at most can hold."""
    for row in _rows(connection, schema.programmes):
        if row.state not in set(ProgrammeState):
            yield fault_of(schema.programmes, row, "its state is unknown")
    for kind in (*(shared.kind for shared in SHARED), *OWN):
        for row in _rows(connection, kind.table):
            reason = _unreadable(kind.read, row) or _CHECKS.get(kind.table.name, _sound)(row)
            if reason:
                yield fault_of(kind.table, row, reason)
    for table in _DATED:
        yield from _overlaps(connection, table)


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    yield from connection.execute(select(table).order_by(*table.primary_key))


def _unreadable(read: Callable[[Row[Any]], Any], row: Row[Any]) -> str:
    try:
        read(row)
    except (ValueError, LookupError, TypeError, AttributeError):
        return "it cannot be read"
    return ""


def _sound(row: Row[Any]) -> str:
    return ""


def _dated(row: Row[Any]) -> str:
    return "it ends before it begins" if row.until is not None and row.until < row.since else ""


def _session(row: Row[Any]) -> str:
    if row.id != f"{row.pod}/{row.number}":
        return "its id is not made of its pod and number"
    if (row.starts is None) != (row.ends is None):
        return "it has a beginning and no end, or the other way about"
    if row.starts is None:
        return "" if SessionStatus(row.status) in _DATELESS else f"it is {row.status} and has no date"
    return _zoned(row) if row.starts < row.ends else "it ends before it begins"


def _zoned(row: Row[Any]) -> str:
    try:
        ZoneInfo(row.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return "its time zone is unknown"
    return ""


def _pod(row: Row[Any]) -> str:
    return "" if row.id.startswith(f"{row.programme}/") else "its id does not begin with its programme"


def _attendance(row: Row[Any]) -> str:
    return "" if row.engagement is None or row.engagement in _MARKS else "its engagement is not 1 to 5"


def _poll(row: Row[Any]) -> str:
    return "it closes before it opens" if row.closes < row.opened else ""


_CHECKS: Mapping[str, Callable[[Row[Any]], str]] = {
    **{table.name: _dated for table in _DATED},
    schema.sessions.name: _session,
    schema.pods.name: _pod,
    schema.attendance.name: _attendance,
    schema.polls.name: _poll,
}
"""What is looked at in each row, by its table."""


def _overlaps(connection: Connection, table: Table) -> Iterator[Fault]:
    """Yield the rows of one subject that begin before the one before has ended."""
    key = [column.name for column in table.primary_key]
    subject = next(name for name in key if name not in {"client", "programme", "since", "nth"})
    rows = (row for row in _rows(connection, table) if row.since != row.until)
    by_subject = groupby(
        sorted(rows, key=lambda row: (row.client, row.programme, getattr(row, subject), row.since, row.nth)),
        key=lambda row: (row.client, row.programme, getattr(row, subject)),
    )
    for _, same in by_subject:
        for before, row in pairwise(same):
            if before.until is None or before.until > row.since:
                yield fault_of(table, row, "the one before has not ended when it begins")
