"""The store: one database, opened once, used in short transactions."""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine

from convener.failpoints import caller
from convener.model import Dispatch
from convener.store import backup, standing
from convener.store.address import Address, read_address
from convener.store.committing import committing, reading
from convener.store.engines import make_engine, version_of
from convener.store.ownership import make_room, refuse_strange_file, revision_of
from convener.store.retention import forget_copies
from convener.store.revisions import KeptRegisters
from convener.store.schema import REVISION
from convener.store.sole import Sole
from convener.store.standing import Standing
from convener.store.transaction import Transaction
from convener.store.troubles import in_words
from convener.store.verification import Verdict, verify
from convener.store.whereabouts import instance


class Store:
    """Everything Convener remembers. Threads may share it; each transaction belongs to one."""

    def __init__(self, engine: Engine, address: Address, workspace: Path, *, version: str, name: str) -> None:
        self._engine = engine
        self._address = address
        self._workspace = workspace
        self._version = version
        self._name = name
        """What tells this database from every other."""
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
            with in_words(address.label, address.path):
                _bring_up_to_date(engine, address)
                with committing(engine, "store.store.Store.open") as connection:
                    standing.settle_in(connection, address)
                    version, name = version_of(connection), instance(connection)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, address, workspace, version=version, name=name)

    def begin(self, *, rehearsal: bool = False) -> AbstractContextManager[Transaction]:
        """Begin a transaction that may write: it commits on leaving, or leaves nothing behind after an error.

        A *rehearsal* leaves nothing behind either: everything happens, and is undone in the end.
        Raise StoreError when the database fails. Never call the network inside.
        """
        return self._transaction(caller(depth=2), rehearsal=rehearsal)

    @contextmanager
    def _transaction(self, step: str, *, rehearsal: bool) -> Generator[Transaction]:
        with self._connected(step, rehearsal=rehearsal) as connection:
            yield Transaction(connection, self._kept)

    @contextmanager
    def _connected(self, step: str, *, rehearsal: bool = False) -> Generator[Connection]:
        with self._in_words(), committing(self._engine, step, rehearsal=rehearsal) as connection:
            yield connection

    def _in_words(self) -> AbstractContextManager[None]:
        return in_words(self._address.label, self._address.path)

    def standing(self) -> Standing:
        """Return whether anything may go out: not of a database that was copied or put back."""
        with self._connected("store.store.Store.standing") as connection:
            return standing.read_standing(connection, self._workspace)

    def adopt(self) -> None:
        """Take this database as the one that counts, from now on and for everybody who works on it."""
        with self._connected("store.store.Store.adopt") as connection:
            standing.adopt(connection, self._address)
        standing.forget_sent(self._workspace, self._name)

    def note_sent(self, dispatch: Dispatch) -> None:
        """Write down outside of the database that *dispatch* was sent; the database has to know it by then."""
        standing.note_sent(self._workspace, self._name, dispatch)

    def back_up(self, target: Path) -> None:
        """Write the whole database, as it is at one moment, to the new file *target* while others go on working.

        Raise StoreError when the file exists or cannot be written, or PostgreSQL's `pg_dump` is not there.
        """
        with self._in_words():
            backup.back_up(self._engine, self._address, target)

    def sole(self) -> Sole:
        """Return what tells whether one daemon has this database for itself."""
        return Sole(self._engine, self._address)

    def verify(self) -> Verdict:
        """Look at every row as the database is at one moment, while others go on working."""
        with self._in_words(), reading(self._engine) as connection:
            return verify(connection)

    def forget_copies(self, before: datetime) -> int:
        """Delete the copies that upgrades made *before* that instant; return how many."""
        return forget_copies(self._address.path, before) if self._address.path else 0

    def tidy(self) -> None:
        """Bring what the write-ahead log of SQLite holds into the database file; PostgreSQL sees to itself."""
        if self._address.path:
            with self._in_words(), self._engine.connect() as connection:
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


def _bring_up_to_date(engine: Engine, address: Address) -> None:
    with engine.begin() as connection:
        found = revision_of(connection, address)
    if found != REVISION:
        # Alembic takes longer to import than all the rest; most starts need no step
        import_module("convener.store.upgrade").upgrade(engine, address)
