"""The store: register, events and ledger in one database, SQLite or PostgreSQL."""

from convener.store.events import BrokenEvent
from convener.store.ledger import Asked, Claim, Count, Entry, Lane, Settled
from convener.store.sole import Sole
from convener.store.store import Store
from convener.store.suppressions import Suppression
from convener.store.transaction import Transaction

__all__ = [
    "Asked",
    "BrokenEvent",
    "Claim",
    "Count",
    "Entry",
    "Lane",
    "Settled",
    "Sole",
    "Store",
    "Suppression",
    "Transaction",
]
