"""The two dialects' INSERT … ON CONFLICT behind one name, and batches that fit every limit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

Item = TypeVar("Item")
BATCH = 1000
"""Rows or keys in one statement."""


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT into *table* that knows ON CONFLICT."""
    return _insert(connection.dialect, table)


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those of *rows* whose key is new and return how many; every row names every column of *table*.

    Values are made ready a column at a time and handed to the driver as they are: SQLAlchemy's own way prepares every
    value of every row, which takes longer than writing them.
    """
    if not rows:
        return 0
    names = [column.name for column in table.c]
    columns = [_ready(connection.dialect, column, [row[column.name] for row in rows]) for column in table.c]
    statement, positional = _statement(connection.dialect, table)
    values = zip(*columns, strict=True)
    told = list(values) if positional else [dict(zip(names, row, strict=True)) for row in values]
    return connection.exec_driver_sql(statement, told).rowcount


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield *items* in runs of at most *size*."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _insert(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


def _ready(dialect: Dialect, column: Column[Any], values: list[Any]) -> list[Any]:
    """Return *values* as the driver takes them; rows share many, and one object is prepared once."""
    prepare = column.type.dialect_impl(dialect).bind_processor(dialect)
    if prepare is None:
        return values
    prepared = {name: prepare(value) for name, value in {id(value): value for value in values}.items()}
    return [prepared[id(value)] for value in values]


@lru_cache(maxsize=16)
def _statement(dialect: Dialect, table: Table) -> tuple[str, bool]:
    """Return the INSERT of whole rows as the driver takes it, and whether it takes them by position."""
    compiled = _insert(dialect, table).on_conflict_do_nothing().compile(dialect=dialect)
    return str(compiled), dialect.positional
