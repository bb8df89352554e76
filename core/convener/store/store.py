"""The store: one database, opened once, used in short transactions."""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from convener.failpoints import caller, failpoint
from convener.store.address import Address, read_address
from convener.store.engines import make_engine, version_of
from convener.store.ownership import make_ours, make_room, refuse_strange_file
from convener.store.revisions import KeptRegisters
from convener.store.transaction import Transaction
from convener.store.troubles import in_words


class Store:
    """Everything Convener remembers. Threads may share it; each transaction belongs to one."""

    def __init__(self, engine: Engine, address: Address, version: str) -> None:
        self._engine = engine
        self._address = address
        self._version = version
        self._kept = KeptRegisters()

    @classmethod
    def open(cls, url: str, *, workspace: Path) -> "Store":
        """Open the database at *url*, creating and upgrading it as needed.

        A relative SQLite path starts at *workspace*. Raise StoreError, always with a cure, when the URL names
        nothing usable, nothing answers, nothing may be written, or the database is a stranger's or newer than we are.
        """
        address = read_address(url, workspace)
        if address.path:
            make_room(address.path, address.label)
            refuse_strange_file(address.path, address.label)
        engine = make_engine(address)
        try:
            with in_words(address.label), engine.begin() as connection:
                make_ours(connection, address)
                version = version_of(connection)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, address, version)

    def begin(self, *, rehearsal: bool = False) -> AbstractContextManager[Transaction]:
        """Begin a transaction that may write: it commits on leaving, or leaves nothing behind after an error.

        A *rehearsal* leaves nothing behind either: everything happens, and is undone in the end.
        Raise StoreError when the database fails. Never call the network inside.
        """
        return self._transaction(caller(depth=2), rehearsal=rehearsal)

    @contextmanager
    def _transaction(self, step: str, *, rehearsal: bool) -> Generator[Transaction]:
        """Open the transaction of *step*, with a failpoint on each side of its commit."""
        with in_words(self._address.label), self._engine.connect() as connection:
            with connection.begin() as written:
                yield Transaction(connection, self._kept)
                if rehearsal:
                    written.rollback()
                failpoint(f"{step}:commit")
            failpoint(f"{step}:committed")

    def tidy(self) -> None:
        """Bring what the write-ahead log of SQLite holds into the database file; PostgreSQL sees to itself."""
        if self._address.path:
            with in_words(self._address.label), self._engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def version(self) -> str:
        """Return the product and its version, for example `SQLite 3.45.1`."""
        return self._version

    @property
    def label(self) -> str:
        """What a person would call this database; without secrets."""
        return self._address.label

    def close(self) -> None:
        """Close every connection; an open transaction of another thread is left to that thread."""
        self._engine.dispose()
