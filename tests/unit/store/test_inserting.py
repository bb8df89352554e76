"""Batches, and many rows at once."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from sqlalchemy import select

from convener.model import DispatchState
from convener.store import Entry, Store
from convener.store.dispatches import read_row, write_rows
from convener.store.inserting import batches, insert_new
from convener.store.schema import ledger

NOW = datetime(2027, 1, 19, 13, tzinfo=timezone(timedelta(hours=1)))


def test_batches_keep_everything_in_order() -> None:
    """The last batch is what remains; nothing gives nothing."""
    assert [[1, 2], [3, 4], [5]] == list(batches([1, 2, 3, 4, 5], 2))
    assert [] == list(batches([]))


def test_only_rows_with_a_new_key_are_inserted(store: Store, entry: Callable[..., Entry]) -> None:
    """What is there is left as it is, and is not counted; every kind of column comes back as it was (P2)."""
    first = entry("a", DispatchState.HELD, people=("ana", "ben"))
    second = entry("b", people=("ana", "ben"), not_after=NOW)
    entries = {each[0].key: each for each in (first, second)}
    with store.begin() as tx:
        connection = tx._connection  # noqa: SLF001 - rows below the ledger have no public way in
        once = insert_new(connection, ledger, write_rows({first[0].key: first}, NOW, {first[0].key: "too many"}))
        again = insert_new(connection, ledger, write_rows(entries, NOW, {}))
        nothing = insert_new(connection, ledger, {"key": [], "client": []})
        found = [read_row(row) for row in connection.execute(select(ledger).order_by(ledger.c.slot))]

    assert (1, 1, 0) == (once, again, nothing)
    assert [(first[0], DispatchState.HELD, "too many"), (second[0], DispatchState.READY, "")] == [
        (row.dispatch, row.state, row.error) for row in found
    ]


def test_whatever_a_text_holds_comes_back(store: Store, entry: Callable[..., Entry]) -> None:
    """Also what means something to the way it takes: tabs, line ends, backslashes, quotes, and the sign for nothing."""
    texts = ["a\tb", "a\nb\r\n", "\\", r"\N", r"\.", "'\"", "", "Ó ☕", "\u2028"]
    with store.begin() as tx:
        tx.add([entry(str(at), reason=text, people=(text,)) for at, text in enumerate(texts)], at=NOW)
        found = {row.dispatch.slot: (row.dispatch.reason, row.dispatch.people) for row in tx.ledger()}

    assert {str(at): (text, (text,)) for at, text in enumerate(texts)} == found


def test_a_transaction_may_insert_again_what_it_deleted(store: Store, entry: Callable[..., Entry]) -> None:
    """Nothing of what was inserted before in the same transaction comes back with it."""
    with store.begin() as tx:
        tx.add([entry("a"), entry("b")], at=NOW)
        tx.call_off("north", "care", at=NOW)
        tx.add([entry("a")], at=NOW)
        found = {row.dispatch.slot: row.state for row in tx.ledger()}

    assert {"a": DispatchState.READY, "b": DispatchState.CANCELLED} == found
