"""New rows of the ledger: those whose key is new, and no other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select

from convener.model import DispatchState
from convener.store.dispatches import Entry, write_parcels, write_rows
from convener.store.inserting import batches, insert_new
from convener.store.ledger.settling import CALLED_OFF
from convener.store.listing import listed
from convener.store.schema import ledger, parcels

_CALLED_OFF = and_(ledger.c.state == DispatchState.CANCELLED.value, ledger.c.error == CALLED_OFF)


def add_entries(connection: Connection, entries: Sequence[Entry], at: datetime, held: Mapping[str, str]) -> int:
    """Insert the *entries* whose key is new and return how many; existing rows and their parcels are left alone.

    A row that a change called off before it was sent makes room: what is wanted again goes out after all. What
    *held* names by its key carries the rule that holds it.
    """
    wanted = {entry[0].key: entry for entry in entries}
    called_off = _called_off(connection, wanted)
    _make_room(connection, [key for key, is_off in called_off.items() if is_off])
    inserted = 0
    for keys in batches([key for key in wanted if called_off.get(key, True)]):
        few = {key: wanted[key] for key in keys}
        inserted += insert_new(connection, ledger, write_rows(few, at, held))
        insert_new(connection, parcels, write_parcels(few, at))
    return inserted


def known_keys(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of *keys* that the ledger holds, in whatever state but called off by a change."""
    return {key for key, is_off in _called_off(connection, keys).items() if not is_off}


def _called_off(connection: Connection, keys: Iterable[str]) -> dict[str, bool]:
    """Return those of *keys* that the ledger holds, and whether a change called them off."""
    there = select(ledger.c.key, _CALLED_OFF.label("called_off")).where(ledger.c.key.in_(listed(connection, keys)))
    return {row.key: row.called_off for row in connection.execute(there)}


def _make_room(connection: Connection, keys: Sequence[str]) -> None:
    for table in (parcels, ledger) if keys else ():
        connection.execute(delete(table).where(table.c.key.in_(listed(connection, keys))))
