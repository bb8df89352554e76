"""Saving a register: only the rows that differ are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Table, Update, bindparam, delete, exists, insert, select, update

from convener.errors import StoreError
from convener.model import Register
from convener.store import schema
from convener.store.inserting import insert_into
from convener.store.kinds import OWN, SHARED, Key, Kind, Part, Shared, Values
from convener.store.revisions import revise_client


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one part of a register."""

    gone: Part
    fresh: Part
    changed: Part

    def __bool__(self) -> bool:
        return bool(self.gone or self.fresh or self.changed)


_SAME = Difference({}, {}, {})


def save_register(connection: Connection, before: Register, after: Register) -> None:
    """Turn the rows of *before* into those of *after*.

    Raise StoreError when *before* is not what the database holds: somebody else was quicker. Events and invites
    are not rows of the register.
    """
    shared = [(part, _difference(part.kind, before, after)) for part in SHARED]
    own = [(kind, _difference(kind, before, after)) for kind in OWN]
    differs = any(difference for _, difference in (*shared, *own))
    _save_programme(connection, after, differs=differs)
    for part, difference in shared:
        _save_shared(connection, part, after, difference)
    for kind, difference in own:
        _alter(connection, kind.table, _where(after, kind, difference.changed))
        _add(connection, kind.table, _where(after, kind, difference.fresh))
    for kind, difference in reversed(own):
        _remove(connection, kind.table, _where(after, kind, difference.gone))
    for part, difference in shared:
        _forget(connection, part, after, difference)
    if differs:
        revise_client(connection, after.client)


def _difference(kind: Kind, before: Register, after: Register) -> Difference:
    if getattr(before, kind.field) is getattr(after, kind.field):
        return _SAME
    old, new = kind.part(before), kind.part(after)
    return Difference(
        {key: value for key, value in old.items() if key not in new},
        {key: value for key, value in new.items() if key not in old},
        {key: value for key, value in new.items() if key in old and old[key] != value},
    )


def _where(register: Register, kind: Kind, part: Part) -> list[Values]:
    scope = {"client": register.client, "programme": register.programme}
    return [{**scope, **kind.write(key, value)} for key, value in part.items()]


def _save_programme(connection: Connection, register: Register, *, differs: bool) -> None:
    """Write state and cursor; what was known of the next due moment is void once rows differ."""
    said: Values = {"state": register.state.value, "cursor": register.cursor}
    statement = insert_into(connection, schema.programmes).on_conflict_do_update(
        index_elements=["client", "programme"], set_={**said, "next_due": None} if differs else said
    )
    connection.execute(statement, {"client": register.client, "programme": register.programme, **said})


def _save_shared(connection: Connection, part: Shared, register: Register, difference: Difference) -> None:
    table = part.kind.table
    told = {**difference.changed, **difference.fresh}
    if told:
        statement = insert_into(connection, table)
        columns = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
        rows = [{"client": register.client, **part.kind.write(key, value)} for key, value in told.items()]
        upsert = statement.on_conflict_do_update(index_elements=["client", "id"], set_=columns)
        connection.execute(upsert, rows)
    _add(connection, part.link, list(_links(register, difference.fresh)))


def _forget(connection: Connection, part: Shared, register: Register, difference: Difference) -> None:
    """Let go of what left this programme, and delete what no other programme of the client knows."""
    _remove(connection, part.link, list(_links(register, difference.gone)))
    table, link = part.kind.table, part.link
    for (gone,) in difference.gone:
        known = exists(select(link.c.id).where(link.c.client == table.c.client, link.c.id == table.c.id))
        connection.execute(delete(table).where(table.c.client == register.client, table.c.id == gone, ~known))


def _links(register: Register, keys: Iterable[Key]) -> Iterator[Values]:
    return ({"client": register.client, "programme": register.programme, "id": id_} for (id_,) in keys)


def _add(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _alter(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        done = connection.execute(_update(table), [_bound(row) for row in rows])
        _expect(done.rowcount, len(rows))


def _remove(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        names = [column.name for column in table.primary_key]
        done = connection.execute(_delete(table), [{f"its_{name}": row[name] for name in names} for row in rows])
        _expect(done.rowcount, len(rows))


def _expect(found: int, wanted: int) -> None:
    if found != wanted:
        raise StoreError("the register was changed by somebody else meanwhile", hint="nothing was saved; try again")


def _bound(row: Values) -> Values:
    return {f"its_{name}": value for name, value in row.items()}


@cache
def _update(table: Table) -> Update:
    mine: Any = [column == bindparam(f"its_{column.name}", type_=column.type) for column in table.primary_key]
    rest = {c.name: bindparam(f"its_{c.name}", type_=c.type) for c in table.c if not c.primary_key}
    return update(table).where(*mine).values(rest)


@cache
def _delete(table: Table) -> Delete:
    mine: Any = [column == bindparam(f"its_{column.name}", type_=column.type) for column in table.primary_key]
    return delete(table).where(*mine)
