"""The store: register, events and ledger in one database, SQLite or PostgreSQL."""

from convener.store.events import BrokenEvent
from convener.store.ledger import Claim, Entry, Outcome
from convener.store.store import Store
from convener.store.transaction import Transaction

__all__ = ["BrokenEvent", "Claim", "Entry", "Outcome", "Store", "Transaction"]
