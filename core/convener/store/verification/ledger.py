"""What must hold of every row of the ledger: who waits is found, who is sent has a lease, who is done says when."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from convener.model import UNSENT, DispatchState
from convener.store.dispatches import SETTLED, read_parcel, read_row
from convener.store.inserting import BATCH
from convener.store.schema import ledger, parcels
from convener.store.verification.fault import Fault, fault_of

_WAITS = frozenset({DispatchState.READY, DispatchState.RETRY})
_READS = (ValueError, LookupError, TypeError, AttributeError)
"""What reading a row raises that was not written by us."""


def ledger_faults(connection: Connection) -> Iterator[Fault]:
    """Yield every row that nobody would find, that two would take, or that contradicts itself."""
    rows = select(ledger, parcels.c.content).join(parcels, parcels.c.key == ledger.c.key, isouter=True)
    for row in connection.execute(rows.order_by(ledger.c.key).execution_options(yield_per=BATCH)):
        reason = _unreadable(row) or _contradiction(row)
        if reason:
            yield fault_of(ledger, row, reason)


def _unreadable(row: Row[Any]) -> str:
    try:
        dispatch = read_row(row).dispatch
    except _READS:
        return "it cannot be read"
    if dispatch.key != row.key:
        return "its key is not made of its parts"
    try:
        if row.content is not None:
            read_parcel(row.content)
    except _READS:
        return "what it hands over cannot be read"
    return ""


def _contradiction(row: Row[Any]) -> str:
    state = DispatchState(row.state)
    waits, settled, sending = state in _WAITS, state in SETTLED, state is DispatchState.SENDING
    checks = (
        (waits == (row.not_before is not None), "it waits, or does not, against what it says of its time"),
        (settled == (row.settled is not None), "it is settled, or is not, against what it says of when"),
        (sending == (row.leased_until is not None), "it is on the wire, or is not, against what its lease says"),
        (sending == bool(row.owner), "it is on the wire, or is not, against what its owner says"),
        (row.attempts >= (1 if sending else 0), "it was tried less often than can be"),
        (state not in UNSENT or row.content is not None, "it has nothing to hand over"),
    )
    return next((reason for holds, reason in checks if not holds), "")
