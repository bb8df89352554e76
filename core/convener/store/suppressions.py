"""Addresses that nobody is behind: refused for good so often that nothing is sent to them any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, select

from convener.store.inserting import batches, insert_into
from convener.store.schema import suppressions

ENOUGH = 2
"""After how many final refusals an address is suppressed: one may be a mistake of the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address nothing is sent to."""

    address: str
    """Without letter case."""
    refusals: int
    since: datetime
    reason: str
    """What the last refusal said, without personal data."""


_AMONG = select(suppressions.c.address, suppressions.c.since).where(
    suppressions.c.address.in_(bindparam("addresses", expanding=True)), suppressions.c.refusals >= ENOUGH
)


def suppressed(connection: Connection, addresses: Iterable[str]) -> dict[str, datetime]:
    """Return those of *addresses* that are suppressed, as they were given, and since when; letter case is no matter."""
    folded = {address: address.casefold() for address in addresses}
    found = {
        row.address: row.since
        for few in batches(sorted(set(folded.values())))
        for row in connection.execute(_AMONG, {"addresses": few})
    }
    return {address: found[plain] for address, plain in folded.items() if plain in found}


def note_dead(connection: Connection, address: str, at: datetime, reason: str) -> int:
    """Count one final refusal of *address*, return how many there were, and suppress it when that is enough."""
    table = suppressions
    new = insert_into(connection, table).values(address=address.casefold(), refusals=1, since=at, reason=reason)
    again = {
        "refusals": table.c.refusals + 1,
        "since": case((table.c.refusals < ENOUGH, new.excluded.since), else_=table.c.since),
        "reason": reason,
    }
    upsert = new.on_conflict_do_update(index_elements=["address"], set_=again).returning(table.c.refusals)
    count: int = connection.execute(upsert).scalar_one()
    return count


def lift(connection: Connection, address: str) -> bool:
    """Forget every refusal of *address*, because a person says it lives; False when there was none."""
    mine = delete(suppressions).where(suppressions.c.address == address.casefold())
    return connection.execute(mine).rowcount == 1


def read_suppressions(connection: Connection) -> list[Suppression]:
    """Return every suppressed address, the latest last."""
    enough = select(suppressions).where(suppressions.c.refusals >= ENOUGH)
    return [
        Suppression(address=row.address, refusals=row.refusals, since=row.since, reason=row.reason)
        for row in connection.execute(enough.order_by(suppressions.c.since, suppressions.c.address))
    ]
