"""Which database is meant: the URL of the settings, read once."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from convener.errors import StoreError

_EXAMPLES = "for example sqlite:///var/convener.db or postgresql://user@host/convener"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A database that Convener can use."""

    url: URL = field(repr=False)
    """With an absolute path for SQLite and the driver named for PostgreSQL."""
    label: str
    """What a person would call it; without user, password or options."""
    path: Path | None = None
    """The file of SQLite, None for PostgreSQL."""


def read_address(text: str, workspace: Path) -> Address:
    """Read the URL *text*; a relative SQLite path starts at *workspace*.

    Raise StoreError when it names nothing usable.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError("the database URL cannot be read", hint=_EXAMPLES) from None
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _sqlite(url, workspace)
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return _postgresql(url)
        case other:
            raise StoreError(f"there is no database kind {other!r} here", hint=_EXAMPLES)


def _sqlite(url: URL, workspace: Path) -> Address:
    if not url.database or url.database == ":memory:":
        raise StoreError("the database URL names no file", hint=_EXAMPLES)
    path = workspace.absolute() / url.database
    return Address(url=URL.create("sqlite+pysqlite", database=str(path)), label=f"database {path}", path=path)


def _postgresql(url: URL) -> Address:
    if find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs the library psycopg", hint="pip install 'convener[postgres]'")
    where = f"{url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database or ''}"
    return Address(url=url.set(drivername="postgresql+psycopg"), label=f"PostgreSQL database {where}")
