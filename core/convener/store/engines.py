"""Engines: how connections behave on each of the two databases."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from convener.store.address import Address

LOCK_WAIT = 30
"""Seconds to wait for a lock another process holds."""
CONNECT_WAIT = 10
"""Seconds to wait for a PostgreSQL server."""
READING = "convener_reading"
"""Execution option of a connection that never writes: on SQLite it waits for no lock."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL may lose the last commits with the power: a sent mail would be sent again
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -8192",  # kibibytes: what a tick writes stays in memory until it is committed
    "PRAGMA wal_autocheckpoint = 4000",  # pages: one that is written by several ticks is copied back once
    "PRAGMA recursive_triggers = ON",  # otherwise INSERT OR REPLACE walks past the append-only triggers
)


def make_engine(address: Address) -> Engine:
    """Return an engine for *address*; nothing is opened yet. Statements and parameters stay out of its errors."""
    return _sqlite(address) if address.path else _postgresql(address)


def _sqlite(address: Address) -> Engine:
    engine = create_engine(address.url, hide_parameters=True, connect_args={"timeout": LOCK_WAIT})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:  # pyright: ignore[reportUnusedFunction] - the event holds it
        connection.isolation_level = None  # transactions begin where we say so
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction] - the event holds it
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(READING) else "BEGIN IMMEDIATE")

    return engine


def _postgresql(address: Address) -> Engine:
    waits: dict[str, Any] = {} if "connect_timeout" in address.url.query else {"connect_timeout": CONNECT_WAIT}
    engine = create_engine(address.url, hide_parameters=True, pool_pre_ping=True, connect_args=waits)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:  # pyright: ignore[reportUnusedFunction] - the event holds it
        connection.execute(f"SET lock_timeout = '{LOCK_WAIT}s'")
        connection.execute("SET timezone = 'UTC'")
        connection.commit()

    return engine


def version_of(connection: Connection) -> str:
    """Return the product and its version, for example `SQLite 3.45.1`."""
    if connection.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar_one().split()[0]}"
