"""Columns that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, Dialect, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An aware instant, always read back in UTC: `timestamptz` on PostgreSQL, sortable ISO 8601 text on SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column of *dialect*."""
        wanted = DateTime(timezone=True) if dialect.name == "postgresql" else String(32)
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn *value* into UTC; raise ValueError when it has no zone."""
        if value is None:
            return None
        return aware(value).astimezone(UTC) if dialect.name == "postgresql" else iso(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware instant in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else datetime.fromisoformat(value)


def aware(value: datetime) -> datetime:
    """Return *value*; raise ValueError when it has no zone."""
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be stored")
    return value


def iso(value: datetime) -> str:
    """Return *value* as text that sorts as the instants do: in UTC, to the microsecond; ValueError without a zone."""
    return _iso(aware(value).astimezone(UTC))


@lru_cache(maxsize=4096)
def _iso(value: datetime) -> str:
    """Return an instant of UTC as text; rows share many, and making one anew takes ten times as long.

    Of UTC only: in another zone both halves of an hour that comes twice are equal, and would be taken for each other.
    """
    return value.isoformat(timespec="microseconds")


def key(name: str) -> Column[str]:
    """Return a text column of the primary key."""
    return Column(name, Text, primary_key=True)


def text(name: str) -> Column[str]:
    """Return a text column, perhaps empty, never NULL."""
    return Column(name, Text, nullable=False)


def texts(names: str) -> tuple[Column[str], ...]:
    """Return a text column for each of the *names*, apart by spaces."""
    return tuple(text(name) for name in names.split())


def scope() -> tuple[Column[str], Column[str]]:
    """Return client and programme, the beginning of every key."""
    return key("client"), key("programme")


def json(name: str) -> Column[Any]:
    """Return a column of plain JSON."""
    return Column(name, JSON, nullable=False)


def instant(name: str, *, nullable: bool = False) -> Column[Any]:
    """Return a column of aware instants."""
    return Column(name, Instant, nullable=nullable)


def interval(subject: str) -> tuple[Column[Any], ...]:
    """Return the key and the end of rows about *subject* that hold over an interval."""
    return (
        *scope(),
        key(subject),
        Column("since", Date, primary_key=True),
        Column("nth", Integer, primary_key=True, autoincrement=False),
        Column("until", Date),
    )


def refers(columns: str, table: str, to: str, *, cascade: bool = False) -> ForeignKeyConstraint:
    """Return a foreign key from `client, programme, *columns*` to `client, programme, *to*` of *table*."""
    here, there = ("client", "programme", *columns.split()), ("client", "programme", *to.split())
    targets = [f"{table}.{name}" for name in there]
    return ForeignKeyConstraint(here, targets, ondelete="CASCADE" if cascade else None)
