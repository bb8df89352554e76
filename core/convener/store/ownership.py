"""Whose database is this? Nothing is written before the answer is known."""

import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from convener.errors import StoreError
from convener.store.address import Address
from convener.store.schema import APPLICATION_ID, REVISION, facts, metadata

_MAGIC = b"SQLite format 3\0"
_ELSEWHERE = "point `database` in config.toml to another place, or move that one away"


def make_room(path: Path, label: str) -> None:
    """Create the folder of *path* when it is missing; raise StoreError when that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the {label} cannot be created: {error.strerror or error}",
            hint="choose a folder that Convener may write to",
        ) from None


def refuse_strange_file(path: Path, label: str) -> None:
    """Raise StoreError unless the file *path* is missing, empty or ours; leave a stranger's file untouched."""
    if path.is_dir():
        raise StoreError(f"the {label} is a folder", hint="name a file in it")
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        mark, tables = _look(path) if start == _MAGIC else (0, 1)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the {label} cannot be read: {error}", hint="restore a backup, or check the disk") from None
    if start != _MAGIC:
        raise StoreError(f"the {label} is not a database", hint=_ELSEWHERE)
    if mark != APPLICATION_ID and (mark or tables):
        raise StoreError(f"the {label} belongs to another program", hint=_ELSEWHERE)


def _look(path: Path) -> tuple[int, int]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        return mark, connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()


def make_ours(connection: Connection, address: Address) -> None:
    """Bring the database to the present schema; raise StoreError when it is a stranger's or newer than we are."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('convener.upgrade'))"))
    tables = frozenset(inspect(connection).get_table_names())
    found = _revisions(connection) if "alembic_version" in tables else frozenset[str]()
    ours = _is_marked(connection, tables)
    if not ours and (found or tables & set(metadata.tables)):
        raise StoreError(f"the {address.label} already holds tables of another program", hint=_ELSEWHERE)
    if ours and found == frozenset({REVISION}):
        return
    # Alembic takes longer to import than all the rest; most starts need no step
    upgrading = import_module("convener.store.upgrade")
    known: Callable[[], frozenset[str]] = upgrading.known_revisions
    if not found <= known():
        raise StoreError(
            f"the {address.label} was written by a newer Convener (schema {', '.join(sorted(found))}, here {REVISION})",
            hint="install that version or a later one, or restore a backup made before its upgrade",
        )
    upgrading.upgrade(connection)


def _revisions(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def _is_marked(connection: Connection, tables: frozenset[str]) -> bool:
    if facts.name not in tables:
        return False
    columns = {column["name"] for column in inspect(connection).get_columns(facts.name)}
    mark = select(facts.c.value).where(facts.c.name == "application")
    return columns >= {"name", "value"} and connection.execute(mark).scalar() == "convener"
