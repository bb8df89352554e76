"""The store as a whole."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.errors import StoreError
from convener.model import ProgrammeState, Register, event_of
from convener.store import Store


def test_an_error_inside_leaves_nothing(store: Store, empty: Register, rich: Register) -> None:
    """A transaction that ends in an error leaves no row, no event and no flag behind."""
    happened = [event_of("programme.live", "north/care", "care", at=datetime(2027, 1, 19, tzinfo=UTC))]

    def save_and_stumble() -> None:
        with store.begin() as tx:
            tx.save(empty, rich, happened)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_stumble()

    with store.begin() as tx:
        assert empty == tx.load("north", "care")
        assert [] == tx.scopes()
        assert (0, "0" * 64) == tx.events_head()


def test_what_was_saved_is_there_after_opening_again(store: Store, url: str, tmp_path: Path, empty: Register) -> None:
    """Opening a second time finds the first one's work and upgrades nothing."""
    live = replace(empty, state=ProgrammeState.LIVE)
    with store.begin() as tx:
        tx.save(empty, live)
    store.close()
    again = Store.open(url, workspace=tmp_path)

    with again.begin() as tx:
        assert live == tx.load("north", "care")
    again.close()


def test_the_version_names_product_and_number(store: Store) -> None:
    """`doctor` prints what the database is."""
    product, number = store.version().split()

    assert product in {"SQLite", "PostgreSQL"}
    assert number[0].isdigit()


def test_rows_that_name_strangers_are_refused_without_naming_them(
    store: Store, empty: Register, rich: Register
) -> None:
    """A membership of nobody is a StoreError that carries no personal data, and nothing is half-done."""
    with pytest.raises(StoreError) as caught, store.begin() as tx:
        tx.save(empty, replace(empty, pods=rich.pods, memberships=rich.memberships))

    assert "@" not in str(caught.value) + caught.value.hint
    with store.begin() as tx:
        assert [] == tx.scopes()


def test_a_missing_parent_folder_is_created(tmp_path: Path) -> None:
    """A fresh workspace has no `var/` yet."""
    Store.open("sqlite:///var/deep/convener.db", workspace=tmp_path).close()

    assert (tmp_path / "var/deep/convener.db").is_file()


def test_a_rehearsal_leaves_nothing_behind(store: Store, empty: Register, rich: Register) -> None:
    """Everything happens, and is undone in the end; the next transaction finds what was there."""
    with store.begin(rehearsal=True) as tx:
        tx.save(empty, rich)
        assert rich.people.keys() == tx.load("north", "care").people.keys()
    with store.begin() as tx:
        assert [] == tx.scopes()
        assert empty == tx.load("north", "care")
