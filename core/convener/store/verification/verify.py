"""Verification as a whole: the file, the chain of events, the ledger, the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from convener.store.events import chain_head, verify_events
from convener.store.verification.fault import Fault
from convener.store.verification.ledger import ledger_faults
from convener.store.verification.register import register_faults

SHOWN = 100
"""How many faults are told at most: a file that is damaged has them without number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verification found."""

    events: int
    """How many there are."""
    head: str
    """The link of the last one, worth writing down outside of the database."""
    faults: tuple[Fault, ...]
    """The first of them, at most `SHOWN`."""


def verify(connection: Connection) -> Verdict:
    """Look at every row, as the database is at one moment."""
    damaged = tuple(islice(_damage(connection), SHOWN))
    if damaged:  # what else would be found follows from it
        return Verdict(events=0, head="", faults=damaged)
    count, link = chain_head(connection)
    return Verdict(events=count, head=link, faults=tuple(islice(_faults(connection), SHOWN)))


def _faults(connection: Connection) -> Iterator[Fault]:
    broken = verify_events(connection)
    if broken:
        yield Fault(table="events", row=str(broken.seq), reason=broken.reason)
    yield from ledger_faults(connection)
    yield from register_faults(connection)


def _damage(connection: Connection) -> Iterator[Fault]:
    """Yield what SQLite finds wrong with the file and with references; PostgreSQL keeps both whole by itself."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN})"):
        if said != "ok":
            yield Fault(table="", row="", reason=str(said))
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(table=table, row=str(row), reason=f"it names a row of {parent} that is not there")
