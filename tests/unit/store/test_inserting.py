"""Batches, and rows handed to the driver as they are."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from sqlalchemy import select

from convener.model import DispatchState
from convener.store import Entry, Store
from convener.store.dispatches import read_row, write_row
from convener.store.inserting import batches, insert_new
from convener.store.schema import ledger


def test_batches_keep_everything_in_order() -> None:
    """The last batch is what remains; nothing gives nothing."""
    assert [[1, 2], [3, 4], [5]] == list(batches([1, 2, 3, 4, 5], 2))
    assert [] == list(batches([]))


def test_only_rows_with_a_new_key_are_inserted(store: Store, entry: Callable[..., Entry]) -> None:
    """What is there is left as it is, and is not counted; every kind of column comes back as it was (P2)."""
    now = datetime(2027, 1, 19, 13, tzinfo=timezone(timedelta(hours=1)))
    first, second = (entry(slot, people=("ana", "ben"))[0] for slot in ("a", "b"))
    with store.begin() as tx:
        connection = tx._connection  # noqa: SLF001 - rows below the ledger have no public way in
        once = insert_new(connection, ledger, [write_row(first, DispatchState.HELD, None, now, "too many")])
        rows = [write_row(one, DispatchState.READY, None, now) for one in (first, second)]
        again = insert_new(connection, ledger, rows)
        nothing = insert_new(connection, ledger, [])
        found = [read_row(row) for row in connection.execute(select(ledger).order_by(ledger.c.slot))]

    assert (1, 1, 0) == (once, again, nothing)
    assert [(first, DispatchState.HELD, "too many"), (second, DispatchState.READY, "")] == [
        (row.dispatch, row.state, row.error) for row in found
    ]
