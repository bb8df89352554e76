"""Claims: who sends what, until when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from convener.model import DispatchState, LedgerRow, Parcel
from convener.store.dispatches import read_parcel, read_row
from convener.store.listing import listed
from convener.store.schema import ledger, parcels

_HELD = ledger.alias("held")
_WITH_PARCELS = select(ledger, parcels.c.content).join(parcels, parcels.c.key == ledger.c.key, isouter=True)
_PAST = {"state": DispatchState.MISSED.value, "not_before": None, "error": "past its use"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row somebody is sending."""

    row: LedgerRow
    parcel: Parcel | None
    """None for a row that carries none, such as a report."""
    owner: str
    leased_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """What is due now for one client through one connector."""

    client: str
    connector: str
    oldest: datetime
    """Since when the first of it may go."""
    count: int


def waiting(connection: Connection, at: datetime) -> list[Lane]:
    """Return what may go at that instant, the longest waiting lane first; what is past its use is `missed` first."""
    past = select(ledger.c.key).where(ledger.c.not_before.is_not(None), ledger.c.not_after < at)
    _miss(connection, list(connection.execute(past.with_for_update(skip_locked=True)).scalars()), at)
    return _lanes(connection, at)


def _lanes(connection: Connection, at: datetime) -> list[Lane]:
    first = func.min(ledger.c.not_before, type_=ledger.c.not_before.type)
    lanes = (
        select(ledger.c.client, ledger.c.connector, first.label("oldest"), func.count().label("rows"))
        .where(ledger.c.not_before <= at)
        .group_by(ledger.c.client, ledger.c.connector)
    )
    found = [
        Lane(client=row.client, connector=row.connector, oldest=row.oldest, count=row.rows)
        for row in connection.execute(lanes)
    ]
    return sorted(found, key=lambda lane: (lane.oldest, lane.client, lane.connector))


def claim(
    connection: Connection, at: datetime, lease: timedelta, limit: int, owner: str, lane: tuple[str, str] = ("", "")
) -> list[Claim]:
    """Mark up to *limit* due rows as being sent by *owner* until *lease* ends, and return them with their parcels.

    *lane* names a client and a connector; without, lanes are taken in turn. Rows past their use become `missed`
    instead. Attempts count before the work.
    """
    rows: list[Row[Any]] = []
    for client, connector in (
        [lane] if all(lane) else [(each.client, each.connector) for each in _lanes(connection, at)]
    ):
        if lane in {(client, connector), (client, ""), ("", connector), ("", "")} and len(rows) < limit:
            rows += _first(connection, at, limit - len(rows), (client, connector))
    mark = {
        "state": DispatchState.SENDING.value,
        "attempts": ledger.c.attempts + 1,
        "owner": owner,
        "not_before": None,
        "leased_until": at + lease,
    }
    if rows:
        mine = listed(connection, [row.key for row in rows])
        connection.execute(update(ledger).where(ledger.c.key.in_(mine)).values(mark))
    return _in_order(_taken(_claim(row), owner, at + lease) for row in rows)


def _first(connection: Connection, at: datetime, limit: int, lane: tuple[str, str]) -> list[Row[Any]]:
    """Return up to *limit* due rows of *lane* that nobody else is taking, with their parcels."""
    mine = (ledger.c.client == lane[0], ledger.c.connector == lane[1], ledger.c.not_before <= at)
    due = _WITH_PARCELS.where(*mine).order_by(ledger.c.not_before).limit(limit)
    while True:
        found = connection.execute(due.with_for_update(of=ledger, skip_locked=True)).all()
        past = {row.key for row in found if row.not_after is not None and row.not_after < at}
        _miss(connection, sorted(past), at)
        fresh = [row for row in found if row.key not in past]
        if fresh or not past:
            return fresh


def _taken(found: Claim, owner: str, leased_until: datetime) -> Claim:
    """Return *found* as its row stands once it is marked."""
    row = replace(found.row, state=DispatchState.SENDING, attempts=found.row.attempts + 1, not_before=None)
    return replace(found, row=row, owner=owner, leased_until=leased_until)


def _miss(connection: Connection, keys: Sequence[str], at: datetime) -> None:
    if keys:
        past = update(ledger).where(ledger.c.key.in_(listed(connection, keys)))
        connection.execute(past.values({**_PAST, "settled": at}))


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        row=read_row(row),
        parcel=read_parcel(row.content) if row.content else None,
        owner=row.owner,
        leased_until=row.leased_until,
    )


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.row.dispatch.due, claim.row.dispatch.key))


def still_held(connection: Connection, owner: str, keys: Collection[str]) -> ColumnElement[bool]:
    """Return the condition for those of *keys* that *owner* still holds, locked in one order for all."""
    mine = select(_HELD.c.key).where(
        _HELD.c.key.in_(listed(connection, keys)), _HELD.c.owner == owner, _HELD.c.state == DispatchState.SENDING.value
    )
    return ledger.c.key.in_(mine.order_by(_HELD.c.key).with_for_update())


def renew(connection: Connection, owner: str, keys: Collection[str], until: datetime) -> set[str]:
    """Let the lease of those of *keys* that *owner* holds end *until* instead, and return them."""
    longer = update(ledger).where(still_held(connection, owner, keys)).values(leased_until=until)
    return set(connection.execute(longer.returning(ledger.c.key)).scalars())


def expired(connection: Connection, at: datetime, longest: timedelta | None, dead: str = "") -> list[Claim]:
    """Return the claims whose lease ended: their senders died, and nobody knows yet whether they went.

    A lease that ends later than *longest* from now was given by a clock that was ahead, and counts as ended. So does
    every lease of an owner whose name begins with *dead*.
    """
    ended = ledger.c.leased_until <= at
    if longest is not None:
        ended = or_(ended, ledger.c.leased_until > at + longest)
    if dead:
        ended = or_(ended, ledger.c.owner.startswith(dead, autoescape=True))
    late = _WITH_PARCELS.where(ledger.c.leased_until.is_not(None), ended)
    return _in_order(_claim(row) for row in connection.execute(late))
