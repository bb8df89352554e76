"""Questions to the ledger; what is not finished is found by index, however much has gone out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Connection, Select, TextClause, func, literal, or_, select, union_all

from convener.model import DispatchState, LedgerRow, Parcel
from convener.store.dispatches import read_parcel, read_row
from convener.store.schema import STUCK, ledger, parcels, people

_EQUAL = frozenset({"client", "programme", "connector", "automation"})
"""What is asked for as it stands in its column."""
_GROUPS: tuple[tuple[frozenset[DispatchState], tuple[ColumnElement[bool] | TextClause, ...]], ...] = (
    (frozenset({DispatchState.READY, DispatchState.RETRY}), (ledger.c.not_before.is_not(None),)),
    (frozenset({DispatchState.SENDING}), (ledger.c.leased_until.is_not(None),)),
    (frozenset({DispatchState.HELD, DispatchState.IN_DOUBT, DispatchState.FAILED}), (STUCK,)),
    (frozenset({DispatchState.SENT, DispatchState.CANCELLED, DispatchState.MISSED}), ()),
)
"""States that one index holds, and what the database must hear to use it."""


class Asked(TypedDict, total=False):
    """Which rows are wanted; what is left out does not narrow."""

    client: str
    programme: str
    states: Collection[DispatchState]
    person: str
    """Id or address of the recipient."""
    connector: str
    automation: str
    since: datetime
    """Due at or after this instant."""
    until: datetime
    """Due before this instant."""
    limit: int
    """At most so many: those due last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many rows that are not finished stand in one state."""

    connector: str
    automation: str
    state: DispatchState
    rows: int
    oldest_due: datetime


def find_rows(connection: Connection, asked: Asked) -> list[LedgerRow]:
    """Return the rows that were *asked* for, by due instant and key."""
    where = _conditions(asked)
    limit = asked.get("limit")
    found = [read_row(row) for question in _questions(asked, where) for row in connection.execute(question)]
    found.sort(key=lambda row: (row.dispatch.due, row.dispatch.key))
    return found if limit is None else found[max(len(found) - limit, 0) :]


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        ledger.c[name] == value for name, value in asked.items() if name in _EQUAL and value
    ]
    if who := asked.get("person"):
        where.extend(_to_person(who))
    if since := asked.get("since"):
        where.append(ledger.c.due >= since)
    if until := asked.get("until"):
        where.append(ledger.c.due < until)
    return where


def _questions(asked: Asked, where: list[ColumnElement[bool]]) -> Iterator[Select[Any]]:
    """Yield a question for each index that holds some of the states asked for, one for all when none is named."""
    states = frozenset(asked.get("states", ()))
    wanted = select(ledger).where(*where)
    if (limit := asked.get("limit")) is not None:
        wanted = wanted.order_by(ledger.c.due.desc(), ledger.c.key.desc()).limit(limit)
    if not states:
        yield wanted
    for group, told in _GROUPS:
        if mine := group & states:
            yield wanted.where(ledger.c.state.in_(sorted(mine)), *told)


def _to_person(who: str) -> list[ColumnElement[bool]]:
    """Return the conditions for rows to the person with that id or address; the first is there for the index."""
    ids = select(people.c.id).where(people.c.address == who.casefold())
    theirs = ids.where(people.c.client == ledger.c.client, people.c.id == ledger.c.recipient).exists()
    return [ledger.c.recipient.in_(union_all(select(literal(who)), ids)), or_(ledger.c.recipient == who, theirs)]


def row_of(connection: Connection, key: str) -> LedgerRow | None:
    """Return the row of *key*, None when there is none."""
    found = connection.execute(select(ledger).where(ledger.c.key == key)).first()
    return read_row(found) if found else None


def next_delivery(connection: Connection, after: datetime | None) -> datetime | None:
    """Return the earliest instant, later than *after* if given, at which a row may go out, None for never.

    A row that is being sent may go out again when its lease ends: its sender has died then.
    """
    found: list[datetime] = []
    for moment in (ledger.c.not_before, ledger.c.leased_until):
        waits = moment.is_not(None) if after is None else moment > after
        first = connection.execute(select(func.min(moment, type_=moment.type)).where(waits)).scalar()
        found += [first] if first else []
    return min(found, default=None)


def counts(connection: Connection) -> list[Count]:
    """Return how many rows stand in each state by connector and automation, but those that are finished."""
    oldest = func.min(ledger.c.due, type_=ledger.c.due.type).label("oldest")
    names = (ledger.c.connector, ledger.c.automation, ledger.c.state)
    every = select(*names, func.count().label("rows"), oldest)
    parts = [every.where(*told).group_by(*names) for _, told in _GROUPS if told]
    return [
        Count(
            connector=row.connector,
            automation=row.automation,
            state=DispatchState(row.state),
            rows=row.rows,
            oldest_due=row.oldest,
        )
        for row in connection.execute(union_all(*parts))
    ]


def sent(connection: Connection, client: str) -> int:
    """Return how many rows of *client* have gone out."""
    gone = (ledger.c.client == client, ledger.c.state == DispatchState.SENT.value)
    return connection.execute(select(func.count()).select_from(ledger).where(*gone)).scalar_one()


def parcel_of(connection: Connection, key: str) -> Parcel | None:
    """Return the parcel of a row, None when it never had one or it was not kept."""
    content = connection.execute(select(parcels.c.content).where(parcels.c.key == key)).scalar()
    return read_parcel(content) if content else None
