"""The ledger: what goes out, once.

A key is unique for ever. A row is marked `sending`, with an owner and the end of a lease, and that mark is
committed before the wire is touched; only the owner settles it. A row whose lease ended was on the wire when its
sender died: `expired` lists it, and the connector's policy decides.

`not_before` is set as long as a row waits for its time (`ready`: what is due; `retry`: the next attempt), and
`leased_until` as long as it is being sent: three small indexes hold what is not finished, however much has been.
"""

from convener.store.dispatches import Entry
from convener.store.ledger.adding import add_entries, known_keys
from convener.store.ledger.claims import Claim, Lane, claim, expired, renew, waiting
from convener.store.ledger.questions import (
    Asked,
    Count,
    counts,
    find_rows,
    next_delivery,
    parcel_of,
    row_of,
    sent,
)
from convener.store.ledger.settling import Settled, call_off, overrule, settle

__all__ = [
    "Asked",
    "Claim",
    "Count",
    "Entry",
    "Lane",
    "Settled",
    "add_entries",
    "call_off",
    "claim",
    "counts",
    "expired",
    "find_rows",
    "known_keys",
    "next_delivery",
    "overrule",
    "parcel_of",
    "renew",
    "row_of",
    "sent",
    "settle",
    "waiting",
]
