"""Which programmes are worth asking now: found by index, so that a tick costs what is due and not what exists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, func, select, union_all, update

from convener.model import ProgrammeState
from convener.store.inserting import insert_into
from convener.store.proposals import within
from convener.store.schema import programmes, rule_stamps


def due_scopes(connection: Connection, now: datetime, scope: str) -> list[str]:
    """Return the live programmes within *scope* to be asked at *now*: their moment has come, or is not known."""
    rows = connection.execute(asking(now, scope))
    return sorted(f"{row.client}/{row.programme}" for row in rows)


def asking(now: datetime, scope: str) -> CompoundSelect[Any, Any]:
    """Return the question behind `due_scopes`; a test reads how the database answers it.

    Two questions and not one with OR: SQLite would walk through every live programme for that.
    """
    moment = programmes.c.next_due
    names = select(programmes.c.client, programmes.c.programme).where(*_live(scope))
    return union_all(names.where(moment.is_(None)), names.where(moment <= now))


def earliest(connection: Connection, after: datetime, scope: str) -> datetime | None:
    """Return when the next live programme within *scope* is worth asking after that instant; None for never."""
    moment = programmes.c.next_due
    first = select(moment).where(*_live(scope), moment > after).order_by(moment).limit(1)
    return connection.execute(first).scalar()


def _live(scope: str) -> list[ColumnElement[bool]]:
    return [programmes.c.state == ProgrammeState.LIVE.value, *within(programmes, scope)]


def read_stamps(connection: Connection) -> dict[str, str]:
    """Return the stamp of the rules that each client was last decided by."""
    return {row.client: row.stamp for row in connection.execute(select(rule_stamps))}


def stamp_rules(connection: Connection, stamps: Mapping[str, str]) -> list[str]:
    """Keep the *stamps* by client; of those that differ forget when their programmes are due, and return them."""
    known = read_stamps(connection)
    changed = [client for client, stamp in stamps.items() if known.get(client) != stamp]
    for client in changed:
        told = {"stamp": stamps[client]}
        upsert = insert_into(connection, rule_stamps).on_conflict_do_update(index_elements=["client"], set_=told)
        connection.execute(upsert, {"client": client, **told})
        connection.execute(update(programmes).where(programmes.c.client == client).values(next_due=None))
    return changed


def revision_of(connection: Connection, scope: str) -> int:
    """Return the number that rises with everything a load of the programme's register would show; 0 when unknown."""
    mine = select(func.max(programmes.c.revision)).where(*within(programmes, scope))
    return connection.execute(mine).scalar() or 0
