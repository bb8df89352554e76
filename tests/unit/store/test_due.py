"""Which programmes are worth asking, and the stamps of their rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from convener.model import ProgrammeState, Register
from convener.store import Store
from convener.store.due import asking

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def programme(store: Store, scope: str, due: datetime | None, state: ProgrammeState = ProgrammeState.LIVE) -> None:
    """Keep a programme that is to be asked at *due*."""
    client, _, name = scope.partition("/")
    empty = Register(client=client, programme=name)
    with store.begin() as tx:
        tx.save(empty, replace(empty, state=state))
        tx.set_next_due(scope, due)


@pytest.fixture
def several(store: Store) -> Store:
    """Give a store with programmes of two clients."""
    programme(store, "north/known", NOON)
    programme(store, "north/unknown", None)
    programme(store, "north/later", LATER)
    programme(store, "north/draft", None, ProgrammeState.DRAFT)
    programme(store, "south/closed", NOON, ProgrammeState.CLOSED)
    programme(store, "south/known", NOON)
    return store


def test_live_programmes_whose_moment_has_come_or_is_unknown_are_due(several: Store) -> None:
    """Drafts, closed ones and those with time left are not asked."""
    with several.begin() as tx:
        assert ["north/known", "north/unknown", "south/known"] == tx.due(NOON)
        assert ["north/unknown"] == tx.due(NOON - timedelta(microseconds=1))
        assert ["north/known", "north/later", "north/unknown"] == tx.due(LATER, "north")
        assert ["north/known"] == tx.due(LATER, "north/known")
        assert [] == tx.due(NOON, "nobody")


def test_the_next_moment_is_told(several: Store) -> None:
    """The earliest of the live ones that is still to come."""
    with several.begin() as tx:
        assert LATER == tx.earliest_due(NOON)
        assert NOON == tx.earliest_due(NOON - timedelta(days=1), "south")
        assert None is tx.earliest_due(NOON, "south")


def test_changed_rules_void_what_was_known_of_a_client(several: Store) -> None:
    """Another stamp, or a first one, asks every programme of that client anew, and of no other (P1)."""
    with several.begin() as tx:
        assert ["north"] == tx.stamp_rules({"north": "one"})
        assert None is tx.next_due("north/later")
        assert NOON == tx.next_due("south/known")
        tx.set_next_due("north/later", LATER)
        assert [] == tx.stamp_rules({"north": "one"})
        assert LATER == tx.next_due("north/later")
        assert ["south"] == tx.stamp_rules({"north": "one", "south": "two"})
        assert ["north"] == tx.stamp_rules({"north": "three", "south": "two"})
        assert None is tx.next_due("north/later")


def test_stamps_last(several: Store) -> None:
    """Another process finds them."""
    with several.begin() as tx:
        tx.stamp_rules({"north": "one"})
    with several.begin() as tx:
        assert [] == tx.stamp_rules({"north": "one"})


def test_revisions_rise_with_the_register(store: Store, empty: Register, rich: Register) -> None:
    """Unknown programmes have none; a moved cursor is no revision."""
    with store.begin() as tx:
        assert 0 == tx.revision("north/care")
        tx.save(empty, rich)
        first = tx.revision("north/care")
        before = tx.load("north", "care")
        tx.save(before, replace(before, cursor=LATER))
        assert first == tx.revision("north/care")
        tx.save(before, replace(before, polls={}))
        assert first < tx.revision("north/care")


@pytest.mark.parametrize("scope", ["", "north", "north/care"])
def test_the_database_answers_by_index(sqlite_store: Store, scope: str) -> None:
    """Neither half of the question walks through the programmes, however many are live."""
    question = str(asking(NOON, scope).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": False}))
    with sqlite_store.begin() as tx:
        bound = [1] * question.count("?")
        steps = tx._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", tuple(bound))  # noqa: SLF001 - asks the database itself
        found = [row[3] for row in steps if row[3].startswith(("SEARCH", "SCAN"))]

    assert 2 == len(found)
    assert all(("INDEX" in step and "next_due" in step) or "client=? AND programme=?" in step for step in found)


@pytest.mark.integration
def test_postgresql_has_the_index_too(postgresql_url: str, tmp_path: Path) -> None:
    """The same index stands there."""
    store = Store.open(postgresql_url, workspace=tmp_path)
    with store.begin() as tx:
        names = tx._connection.execute(text("SELECT indexname FROM pg_indexes")).scalars().all()  # noqa: SLF001 - asks the database itself
    store.close()

    assert "ix_programmes_state_next_due" in names
