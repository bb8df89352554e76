"""What must hold of every row of the ledger."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from convener.model import DispatchState
from convener.store import Entry, Settled, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def _faults(store: Store, *statements: str) -> list[tuple[str, str, str]]:
    """Return what is found after a stranger has written *statements*."""
    with store.begin() as tx:
        for statement in statements:
            tx._connection.execute(text(statement))  # noqa: SLF001 - only a stranger would write such a statement
    return [(fault.table, fault.row, fault.reason) for fault in store.verify().faults]


def test_rows_in_every_state_hold(store: Store, entry: Callable[..., Entry]) -> None:
    """What delivery, people and changes make of rows is as it must be."""
    entries = [entry(str(number)) for number in range(9)]
    keys = [one.key for one, _, _ in entries]
    with store.begin() as tx:
        tx.add([*entries, entry("held", DispatchState.HELD), entry("missed", DispatchState.MISSED)], at=NOON)
        tx.claim(NOON, lease=timedelta(minutes=5), limit=7, owner="me")
    ends = (
        Settled(keys[0], DispatchState.SENT),
        Settled(keys[1], DispatchState.RETRY, "mail: busy", NOON + timedelta(hours=1)),
        Settled(keys[2], DispatchState.FAILED, "mail: no"),
        Settled(keys[3], DispatchState.IN_DOUBT, "mail: who knows"),
        Settled(keys[4], DispatchState.READY),
        Settled(keys[5], DispatchState.FAILED, "mail: no"),
    )
    with store.begin() as tx:
        tx.settle_many("me", ends, at=NOON)
        tx.overrule(keys[5], DispatchState.READY, at=NOON)
        tx.overrule(keys[7], DispatchState.CANCELLED, at=NOON)
    with store.begin() as tx:
        tx.call_off("north", "care", session="care/wear/1", at=NOON)

    assert [] == _faults(store)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE ledger SET not_before = NULL", "what it says of its time"),
        ("UPDATE ledger SET state = 'sent', settled = due", "what it says of its time"),
        ("UPDATE ledger SET settled = due", "what it says of when"),
        ("UPDATE ledger SET state = 'sent', not_before = NULL", "what it says of when"),
        ("UPDATE ledger SET leased_until = due", "what its lease says"),
        ("UPDATE ledger SET state = 'sending', not_before = NULL, owner = 'me'", "what its lease says"),
        ("UPDATE ledger SET owner = 'me'", "what its owner says"),
        ("UPDATE ledger SET state = 'sending', not_before = NULL, leased_until = due", "what its owner says"),
        ("UPDATE ledger SET attempts = -1", "tried less often"),
        ("DELETE FROM parcels", "nothing to hand over"),
        ("UPDATE ledger SET state = 'posted'", "cannot be read"),
        ("UPDATE ledger SET verb = 'shout'", "cannot be read"),
        ("UPDATE ledger SET recipient = 'E-002'", "key is not made of its parts"),
        ("UPDATE parcels SET content = '{}'", "what it hands over cannot be read"),
    ],
)
def test_a_row_that_contradicts_itself_is_named(
    sqlite_store: Store, entry: Callable[..., Entry], statement: str, reason: str
) -> None:
    """Such a row would never go, or go twice: its table, its key, and why (N5)."""
    with sqlite_store.begin() as tx:
        tx.add([entry()], at=NOON)
    ((table, row, why),) = _faults(sqlite_store, statement)

    assert ("ledger", entry()[0].key, True) == (table, row, reason in why)
