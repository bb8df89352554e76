"""The ledger: what goes out, once.

A key is unique for ever. A row is marked `sending`, with an owner and the end of a lease, and that mark is
committed before the wire is touched; only the owner settles it. A row whose lease ended was on the wire when its
sender died: `expired` lists it, and the connector's policy decides.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NotRequired, Required, TypedDict

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, or_, select, update

from convener.model import UNSENT, Dispatch, DispatchState, LedgerRow, Parcel
from convener.store.dispatches import SETTLED, read_parcel, read_row, write_parcel, write_row
from convener.store.inserting import batches, insert_new
from convener.store.schema import ledger, parcels, people

Entry = tuple[Dispatch, Parcel | None, DispatchState]
"""A dispatch, what is to be handed over, and the state it starts in."""

CALLED_OFF = "called off by a change of the register"
"""Why a row that a change cancelled did not go; unlike one that a person cancelled, it may come back."""
_UNSENT = tuple(state.value for state in UNSENT)
_CALLED_OFF = and_(ledger.c.state == DispatchState.CANCELLED.value, ledger.c.error == CALLED_OFF)
_AMONG = select(ledger.c.key, _CALLED_OFF.label("called_off")).where(
    ledger.c.key.in_(bindparam("keys", expanding=True))
)
"""Which of some keys are there."""
_HELD = update(ledger).where(
    ledger.c.key == bindparam("its_key"),
    ledger.c.owner == bindparam("its_owner"),
    ledger.c.state == DispatchState.SENDING.value,
)
"""Changes a row, if its owner still holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row somebody is sending."""

    row: LedgerRow
    parcel: Parcel | None
    """None for a row that carries none, such as a report."""
    owner: str
    leased_until: datetime


class Outcome(TypedDict):
    """What became of a claimed row."""

    at: Required[datetime]
    owner: Required[str]
    """Owner of the claim; for an expired one, the owner it names."""
    error: NotRequired[str]
    """Why it did not go, without personal data."""
    not_before: NotRequired[datetime | None]
    """When to try again."""
    message_id: NotRequired[str]


def add_entries(connection: Connection, entries: Sequence[Entry], at: datetime, held: Mapping[str, str]) -> int:
    """Insert the *entries* whose key is new and return how many; existing rows and their parcels are left alone.

    A row that a change called off before it was sent makes room: what is wanted again goes out after all. What
    *held* names by its key carries the rule that holds it.
    """
    wanted = {entry[0].key: entry for entry in entries}
    called_off = _called_off(connection, wanted)
    _make_room(connection, [key for key, is_off in called_off.items() if is_off])
    inserted = 0
    for few in batches([entry for key, entry in wanted.items() if called_off.get(key, True)]):
        rows = [write_row(one, state, parcel, at, held.get(one.key, "")) for one, parcel, state in few]
        inserted += insert_new(connection, ledger, rows)
        bodies = [
            {"key": dispatch.key, "content": write_parcel(parcel), "added": at} for dispatch, parcel, _ in few if parcel
        ]
        insert_new(connection, parcels, bodies)
    return inserted


def known_keys(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of *keys* that the ledger holds, in whatever state but called off by a change."""
    return {key for key, is_off in _called_off(connection, keys).items() if not is_off}


def _called_off(connection: Connection, keys: Iterable[str]) -> dict[str, bool]:
    """Return those of *keys* that the ledger holds, and whether a change called them off."""
    return {row.key: row.called_off for few in batches(list(keys)) for row in connection.execute(_AMONG, {"keys": few})}


def _make_room(connection: Connection, keys: Sequence[str]) -> None:
    for few in batches(keys):
        connection.execute(delete(parcels).where(parcels.c.key.in_(few)))
        connection.execute(delete(ledger).where(ledger.c.key.in_(few)))


def call_off(connection: Connection, where: Sequence[ColumnElement[bool]], at: datetime) -> int:
    """Cancel what matches *where* and has not been sent; return how many."""
    cancelled = {"state": DispatchState.CANCELLED.value, "settled": at, "error": CALLED_OFF}
    unsent = update(ledger).where(ledger.c.state.in_(_UNSENT), *where)
    return connection.execute(unsent.values(cancelled)).rowcount


def about(client: str, programme: str, session: str, recipient: str) -> list[ColumnElement[bool]]:
    """Return the conditions for rows of a programme, of a session if named, to a recipient if named."""
    where = [ledger.c.client == client, ledger.c.programme == programme]
    if session:
        where.append(or_(ledger.c.session == session, ledger.c.subject == session))
    if recipient:
        where.append(ledger.c.recipient == recipient)
    return where


def to_person(who: str) -> ColumnElement[bool]:
    """Return the condition for rows to the person with that id or address."""
    same = func.lower(people.c.email) == who.lower()
    ids = select(people.c.id).where(same, people.c.client == ledger.c.client)
    return or_(ledger.c.recipient == who, ledger.c.recipient.in_(ids))


def next_delivery(connection: Connection) -> datetime | None:
    """Return the earliest instant at which a row that is ready or to be tried again may go out."""
    waiting = ledger.c.state.in_((DispatchState.READY.value, DispatchState.RETRY.value))
    when = func.coalesce(ledger.c.not_before, ledger.c.due, type_=ledger.c.due.type)
    return connection.execute(select(func.min(when, type_=ledger.c.due.type)).where(waiting)).scalar()


def claim(connection: Connection, at: datetime, lease: timedelta, limit: int, owner: str) -> list[Claim]:
    """Mark up to *limit* due rows as being sent by *owner* until *lease* ends, and return them with their parcels.

    Rows past their use become `missed` first. Attempts count before the work.
    """
    _mark_missed(connection, at)
    ready = and_(ledger.c.state == DispatchState.READY.value, ledger.c.due <= at)
    again = and_(
        ledger.c.state == DispatchState.RETRY.value,
        or_(ledger.c.not_before.is_(None), ledger.c.not_before <= at),
    )
    due = select(ledger.c.key).where(or_(ready, again)).order_by(ledger.c.due, ledger.c.key).limit(limit)
    keys = list(connection.execute(due.with_for_update(skip_locked=True)).scalars())
    mark = {
        "state": DispatchState.SENDING.value,
        "attempts": ledger.c.attempts + 1,
        "owner": owner,
        "leased_until": at + lease,
    }
    for few in batches(keys):
        connection.execute(update(ledger).where(ledger.c.key.in_(few)).values(mark))
    return _claims(connection, keys)


def _mark_missed(connection: Connection, at: datetime) -> None:
    waiting = ledger.c.state.in_((DispatchState.READY.value, DispatchState.RETRY.value))
    past = update(ledger).where(waiting, ledger.c.not_after < at)
    connection.execute(past.values(state=DispatchState.MISSED.value, settled=at, error="past its use"))


def _claims(connection: Connection, keys: Sequence[str]) -> list[Claim]:
    return [
        Claim(
            row=read_row(row),
            parcel=read_parcel(row.content) if row.content else None,
            owner=row.owner,
            leased_until=row.leased_until,
        )
        for few in batches(keys)
        for row in connection.execute(_with_parcels().where(ledger.c.key.in_(few)).order_by(ledger.c.due, ledger.c.key))
    ]


def _with_parcels() -> Select[Any]:
    return select(ledger, parcels.c.content).join(parcels, parcels.c.key == ledger.c.key, isouter=True)


def settle(connection: Connection, key: str, state: DispatchState, outcome: Outcome) -> bool:
    """Record what became of a claimed row; False, and nothing changes, when *outcome*'s owner does not hold it."""
    told: dict[str, Any] = {
        "state": state.value,
        "error": outcome.get("error", ""),
        "not_before": outcome.get("not_before"),
        "settled": outcome["at"] if state in SETTLED else None,
        "owner": "",
        "leased_until": None,
    }
    if outcome.get("message_id"):
        told["message_id"] = outcome.get("message_id")
    return connection.execute(_HELD, {"its_key": key, "its_owner": outcome["owner"], **told}).rowcount == 1


def renew(connection: Connection, key: str, until: datetime, owner: str) -> bool:
    """Let the lease of a claimed row end *until* instead; False when *owner* does not hold it any more."""
    return connection.execute(_HELD, {"its_key": key, "its_owner": owner, "leased_until": until}).rowcount == 1


def overrule(connection: Connection, key: str, state: DispatchState, at: datetime) -> bool:
    """Put a row into *state* because a person said so; False when it is unknown or being sent."""
    told = {"state": state.value, "settled": at if state in SETTLED else None, "not_before": None, "error": ""}
    mine = update(ledger).where(ledger.c.key == key, ledger.c.state != DispatchState.SENDING.value)
    return connection.execute(mine.values(told)).rowcount == 1


def expired(connection: Connection, at: datetime) -> list[Claim]:
    """Return the claims whose lease ended: their senders died, and nobody knows yet whether they went."""
    late = and_(ledger.c.state == DispatchState.SENDING.value, ledger.c.leased_until <= at)
    found = connection.execute(select(ledger.c.key).where(late).order_by(ledger.c.due, ledger.c.key))
    return _claims(connection, list(found.scalars()))


def rows(
    connection: Connection, where: Sequence[ColumnElement[bool]], states: Collection[DispatchState]
) -> list[LedgerRow]:
    """Return the rows that match *where* in one of *states* (none named: in any), by due instant."""
    wanted = select(ledger).where(*where)
    if states:
        wanted = wanted.where(ledger.c.state.in_([state.value for state in states]))
    found = (read_row(row) for row in connection.execute(wanted))
    return sorted(found, key=lambda row: (row.dispatch.due, row.dispatch.key))


def parcel_of(connection: Connection, key: str) -> Parcel | None:
    """Return the parcel of a row, None when it never had one or it was not kept."""
    content = connection.execute(select(parcels.c.content).where(parcels.c.key == key)).scalar()
    return read_parcel(content) if content else None
