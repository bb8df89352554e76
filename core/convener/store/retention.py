"""Retention: the text of messages and the notes of coaches go when their time is over; what happened stays."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, exists, select

from convener.store.inserting import BATCH
from convener.store.proposals import split
from convener.store.schema import attendance_notes, ledger, parcels, sessions


def forget_bodies(connection: Connection, scope: str, before: datetime) -> int:
    """Delete some of the parcels of a programme's rows that were settled *before* that instant; return how many.

    At most a thousand, so that nobody waits long for the lock; none are left when it returns fewer.
    """
    client, programme = split(scope)
    old = (
        select(parcels.c.key)
        .join(ledger, ledger.c.key == parcels.c.key)
        .where(ledger.c.client == client, ledger.c.programme == programme, ledger.c.settled < before)
        .limit(BATCH)
    )
    return connection.execute(delete(parcels).where(parcels.c.key.in_(old))).rowcount


def forget_notes(connection: Connection, scope: str, before: datetime) -> int:
    """Delete the confidential notes on a programme's sessions that ended *before* that instant; return how many."""
    client, programme = split(scope)
    table = attendance_notes
    old = exists(
        select(sessions.c.id).where(
            sessions.c.client == table.c.client,
            sessions.c.programme == table.c.programme,
            sessions.c.id == table.c.session,
            sessions.c.ends < before,
        )
    )
    return connection.execute(
        delete(table).where(table.c.client == client, table.c.programme == programme, old)
    ).rowcount


def forget_copies(path: Path, before: datetime) -> int:
    """Delete the copies that upgrades of the database at *path* made *before* that instant; return how many.

    Copies that were not finished are among them: whoever made one was killed.
    """
    copies = (*path.parent.glob(f"{path.name}.before-*"), *path.parent.glob(f".{path.name}.before-*.part"))
    old = [copy for copy in copies if copy.stat().st_mtime < before.timestamp()]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)
