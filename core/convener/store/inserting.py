"""Inserting: ON CONFLICT behind one name, batches that fit every limit, and many new rows at once.

Many rows go in as text that is made once, a column at a time: SQLAlchemy's own way prepares every value of every row,
which takes longer than writing them. SQLite takes them as they are; PostgreSQL takes them by COPY, in half the time of
its quickest INSERT, into a temporary table first, because COPY itself knows no ON CONFLICT.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import is_not
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from convener.store.columns import Instant, iso

Item = TypeVar("Item")
Value = str | int | None
BATCH = 1000
"""Rows or keys in one statement."""
_PART = 200
"""Rows that are sent at once."""
_ESCAPES = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))
_SPECIAL = re.compile(r"[\\\t\n\r]")
"""What the text format of COPY writes otherwise."""


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT into *table* that knows ON CONFLICT."""
    return postgresql.insert(table) if _is_postgresql(connection) else sqlite.insert(table)


def insert_new(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert the rows whose key is new and return how many; *columns* holds by name the values of all rows."""
    told = {name: _as_text(table.c[name], values) for name, values in columns.items() if _says_something(values)}
    if not told:
        return 0
    put = _copy if _is_postgresql(connection) else _put
    return put(connection, table.name, told)


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield *items* in runs of at most *size*."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _says_something(values: Sequence[Any]) -> bool:
    """Tell whether some row has a value: to hand over nothing costs more than to hand over something."""
    return any(map(is_not, values, repeat(None)))


def _as_text(column: Column[Any], values: Sequence[Any]) -> Sequence[Value]:
    """Return *values* as both databases read them."""
    if isinstance(column.type, Instant):
        told = {value: iso(value) for value in set(values) if value is not None}  # few moments, many rows
        return list(map(told.get, values))
    if isinstance(column.type, JSON):
        return [_listed(value) if isinstance(value, tuple) else json.dumps(value) for value in values]
    return values


_listed: Callable[[tuple[str, ...]], str] = lru_cache(maxsize=4096)(json.dumps)
"""The same few people are named again and again."""


def _put(connection: Connection, table: str, columns: Mapping[str, Sequence[Value]]) -> int:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
    return connection.exec_driver_sql(statement, list(zip(*columns.values(), strict=True))).rowcount


def _copy(connection: Connection, table: str, columns: Mapping[str, Sequence[Value]]) -> int:
    names, fresh = ", ".join(columns), f"fresh_{table}"
    for said in (
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {fresh} (LIKE {table}) ON COMMIT DELETE ROWS",
        f"TRUNCATE {fresh}",  # of what this transaction put there before
    ):
        connection.exec_driver_sql(said)
    rows = list(zip(*map(_escaped, columns.values()), strict=True))
    lines = ("".join("\t".join(row) + "\n" for row in few) for few in batches(rows, _PART))
    _send(connection, f"COPY {fresh} ({names}) FROM STDIN", lines)
    taken = f"INSERT INTO {table} ({names}) SELECT {names} FROM {fresh} ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
    return connection.exec_driver_sql(taken).rowcount


def _escaped(values: Sequence[Value]) -> Sequence[str]:
    """Return *values* in the text format of COPY."""
    texts = [r"\N" if value is None else str(value) for value in values]
    if not _SPECIAL.search("".join(value for value in values if isinstance(value, str))):
        return texts
    return [text if value is None else _escape(text) for text, value in zip(texts, values, strict=True)]


def _escape(value: str) -> str:
    for sign, written in _ESCAPES:  # far quicker than str.translate on the length of a mail
        value = value.replace(sign, written)
    return value


def _send(connection: Connection, statement: str, content: Iterable[str]) -> None:
    """Send *content* by COPY, which SQLAlchemy does not know; its errors are told as SQLAlchemy tells others."""
    cursor: Any = connection.connection.cursor()
    failure: type[Exception] = connection.engine.dialect.loaded_dbapi.Error
    try:
        with cursor.copy(statement) as copy:
            for part in content:
                copy.write(part)
    except failure as error:
        raise DBAPIError.instance(statement, None, error, failure, hide_parameters=True) from None
    finally:
        cursor.close()
