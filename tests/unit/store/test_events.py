"""Events: append-only and chained."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from convener.errors import StoreError
from convener.model import Event, Register, event_of
from convener.store import Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def _three(store: Store, empty: Register) -> tuple[Event, ...]:
    """Write three events, one of them twice."""
    live = event_of("programme.live", "north/care", "care", at=NOON)
    held = event_of("session.held", "north/care", "care/tyne/1", at=NOON, number="1")
    with store.begin() as tx:
        return tx.save(empty, empty, [live, held, live])


def test_events_keep_their_order_and_get_unique_ids(store: Store, empty: Register) -> None:
    """The same thing twice in one second is two events; the second id gets a suffix."""
    written = _three(store, empty)
    with store.begin() as tx:
        more = tx.save(empty, empty, [replace(written[0], data={"again": "yes"})])

        assert (*written, *more) == tx.load("north", "care").events
    first = written[0].id
    assert [first, f"{first}~2", f"{first}~3"] == [written[0].id, written[2].id, more[0].id]


def test_an_id_belongs_to_its_programme(store: Store, empty: Register) -> None:
    """Another programme's event of the same name keeps its plain id."""
    south = replace(empty, client="south")
    with store.begin() as tx:
        tx.save(empty, empty, [event_of("programme.live", "north/care", "care", at=NOON)])
        (written,) = tx.save(south, south, [event_of("programme.live", "south/care", "care", at=NOON)])

    assert event_of("programme.live", "south/care", "care", at=NOON) == written


def test_an_untouched_chain_holds(store: Store, empty: Register) -> None:
    """Nothing is wrong with an empty chain, nor with one of three."""
    with store.begin() as tx:
        assert None is tx.verify_events()
    _three(store, empty)
    with store.begin() as tx:
        assert None is tx.verify_events()
        assert 3 == tx.events_head()[0]


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET subject = 'x'", "DELETE FROM events WHERE seq = 1", "DELETE FROM event_links"]
)
def test_events_cannot_be_changed_or_deleted(store: Store, empty: Register, statement: str) -> None:
    """The database itself refuses (fault 42)."""
    _three(store, empty)

    with pytest.raises(StoreError, match="events can only be added"), store.begin() as tx:
        tx._connection.execute(text(statement))  # noqa: SLF001 - only a stranger would write such a statement


def test_events_cannot_be_replaced(sqlite_store: Store, empty: Register) -> None:
    """INSERT OR REPLACE does not slip past the triggers (fault 42)."""
    _three(sqlite_store, empty)
    statement = "INSERT OR REPLACE INTO event_links VALUES (1, 'a', 'b', 'c')"

    with pytest.raises(StoreError, match="events can only be added"), sqlite_store.begin() as tx:
        tx._connection.execute(text(statement))  # noqa: SLF001 - only a stranger would write such a statement


@pytest.mark.parametrize(
    ("statement", "seq", "reason"),
    [
        ("UPDATE events SET subject = 'x' WHERE seq = 2", 2, "content"),
        ("UPDATE event_links SET digest = 'x' WHERE seq = 2", 2, "link"),
        ("DELETE FROM events WHERE seq = 2", 2, "missing"),
        ("DELETE FROM event_links WHERE seq = 2", 2, "missing"),
        ("DELETE FROM event_links WHERE seq = 3", 3, "not in the chain"),
        ("DELETE FROM event_links WHERE seq = 3; DELETE FROM events WHERE seq = 3", 3, "head"),
        ("UPDATE events SET seq = 4 WHERE seq = 3; UPDATE event_links SET seq = 4 WHERE seq = 3", 3, "missing"),
    ],
)
def test_tampering_is_named(
    sqlite_store: Store, tmp_path: Path, empty: Register, statement: str, seq: int, reason: str
) -> None:
    """Whoever switches the guards off and changes, removes, renumbers or cuts is found out, with the row."""
    _three(sqlite_store, empty)
    stranger = sqlite3.connect(tmp_path / "convener.db")
    for name in ("events_no_update", "events_no_delete", "event_links_no_update", "event_links_no_delete"):
        stranger.execute(f"DROP TRIGGER {name}")
    stranger.executescript(statement)
    stranger.close()
    with sqlite_store.begin() as tx:
        broken = tx.verify_events()

    assert broken is not None
    assert seq == broken.seq
    assert reason in broken.reason
