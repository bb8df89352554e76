"""Revisions: a number for each programme that rises with everything a load of its register would show.

It stands in the database, so every process sees it rise; as long as it stands still, a register loaded once need not
be loaded again. State and cursor are read every time and do not count.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, tuple_, update

from convener.model import Register
from convener.store.schema import programmes

MOST = 64
"""How many registers are kept at most; a programme of forty people takes about a megabyte."""

Scope = tuple[str, str]
"""Client and programme."""


@dataclass(slots=True)
class KeptRegisters:
    """Registers as last loaded, each with its revision; the oldest makes room for a new one."""

    _found: dict[Scope, tuple[int, Register]] = field(default_factory=dict)

    def get(self, scope: Scope, revision: int) -> Register | None:
        """Return the register of *scope* if it was loaded at that *revision*."""
        known, register = self._found.get(scope, (None, None))
        return register if known == revision else None

    def keep(self, scope: Scope, revision: int, register: Register) -> None:
        """Keep *register*, loaded at *revision* by a transaction that had written nothing."""
        self._found.pop(scope, None)
        while len(self._found) >= MOST:
            self._found.pop(next(iter(self._found)))
        self._found[scope] = (revision, register)


def revise_client(connection: Connection, client: str) -> None:
    """Let the revision of every programme of *client* rise: they share people and coaches."""
    connection.execute(update(programmes).where(programmes.c.client == client).values(revision=_NEXT))


def revise(connection: Connection, scopes: Collection[Scope]) -> None:
    """Let the revision of each of *scopes* rise."""
    if scopes:
        mine = tuple_(programmes.c.client, programmes.c.programme).in_(sorted(scopes))
        connection.execute(update(programmes).where(mine).values(revision=_NEXT))


_NEXT = programmes.c.revision + 1
