"""Whose database is this? Nothing is written before the answer is known."""

import sqlite3
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from convener.errors import StoreError
from convener.store.address import Address
from convener.store.schema import APPLICATION_ID, REVISION, facts, metadata
from convener.store.troubles import in_words

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
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        raise StoreError(f"the {label} cannot be read: {why}", hint="let Convener read and write it") from None
    if start != _MAGIC:
        raise StoreError(f"the {label} is not a database", hint=_ELSEWHERE)
    with in_words(label, path):
        mark, tables = _look(path)
    if mark != APPLICATION_ID and (mark or tables):
        raise StoreError(f"the {label} belongs to another program", hint=_ELSEWHERE)


def _look(path: Path) -> tuple[int, int]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        return mark, connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()


def revision_of(connection: Connection, address: Address, known: Collection[str] = ()) -> str:
    """Return the revision of the schema, empty for a new database; raise StoreError when it is a stranger's.

    With *known* revisions, also when it is newer than all of them.
    """
    tables = frozenset(inspect(connection).get_table_names())
    found = _revision(connection) if "alembic_version" in tables else ""
    ours = _is_marked(connection, tables)
    if not ours and (found or tables & set(metadata.tables)):
        raise StoreError(f"the {address.label} already holds tables of another program", hint=_ELSEWHERE)
    if known and found and found not in known:
        raise StoreError(
            f"the {address.label} was written by a newer Convener (schema {found}, here {REVISION})",
            hint="install that version or a later one, or restore a backup made before its upgrade",
        )
    return found


def _revision(connection: Connection) -> str:
    return ", ".join(sorted(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()))


def _is_marked(connection: Connection, tables: frozenset[str]) -> bool:
    if facts.name not in tables:
        return False
    columns = {column["name"] for column in inspect(connection).get_columns(facts.name)}
    mark = select(facts.c.value).where(facts.c.name == "application")
    return columns >= {"name", "value"} and connection.execute(mark).scalar() == "convener"
