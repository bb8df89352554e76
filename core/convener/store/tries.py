"""How often deciding a programme was begun and not ended: one that kills its process is left out after some (P14)."""

from collections.abc import Collection

from sqlalchemy import Connection, select, tuple_, update

from convener.store.proposals import split, within
from convener.store.schema import programmes


def begin_deciding(connection: Connection, scopes: Collection[str]) -> dict[str, int]:
    """Count a try for each of *scopes* and return the tries of each so far, this one included; commit before work."""
    if not scopes:
        return {}
    mine = tuple_(programmes.c.client, programmes.c.programme).in_(sorted(split(scope) for scope in scopes))
    names = (programmes.c.client, programmes.c.programme, programmes.c.tries)
    counted = update(programmes).where(mine).values(tries=programmes.c.tries + 1).returning(*names)
    return {f"{row.client}/{row.programme}": row.tries for row in connection.execute(counted)}


def decided(connection: Connection, scope: str) -> None:
    """Forget the tries of *scope*: deciding it ended, well or with an error that could be told."""
    connection.execute(update(programmes).where(*within(programmes, scope)).values(tries=0))


def read_tries(connection: Connection) -> dict[str, int]:
    """Return the tries of every programme that has some."""
    names = (programmes.c.client, programmes.c.programme, programmes.c.tries)
    found = connection.execute(select(*names).where(programmes.c.tries > 0))
    return {f"{row.client}/{row.programme}": row.tries for row in found}
