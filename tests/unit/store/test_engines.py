"""How connections behave."""

import pytest
from sqlalchemy import text

from convener.store import Store


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 30000),
        ("application_id", 0x434E5652),
    ],
)
def test_sqlite_is_set_up_to_lose_nothing(sqlite_store: Store, pragma: str, value: object) -> None:
    """Write-ahead log with a full sync, long waits for locks, deleted text overwritten (faults 2, 5, 39, 42)."""
    with sqlite_store.begin() as tx:
        assert value == tx._connection.execute(text(f"PRAGMA {pragma}")).scalar()  # noqa: SLF001 - no public way to ask
