"""Whether one daemon has the database for itself: an advisory lock of PostgreSQL, which ends with its connection.

A file cannot tell that: two machines may have a workspace each and share the database (fault 14). With SQLite the
file lock of the workspace is all there is, and all that is needed.
"""

from contextlib import suppress
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from convener.store.address import Address
from convener.store.troubles import in_words

_TAKE = "SELECT pg_try_advisory_lock(hashtextextended('convener daemon ' || current_schema(), 0))"
"""One for each schema, since a database may hold several installations."""


class Sole:
    """The word of a database that nobody else has it for a daemon."""

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self._address = address
        self._connection: Connection | None = None

    def is_ours(self) -> bool:
        """Tell whether the database is ours, taking it when nobody has it: a server that was restarted forgot us.

        Raise StoreError when the database does not answer.
        """
        if self._address.path is not None:
            return True
        with in_words(self._address.label):
            try:
                return self._is_held() or self._take()
            except SQLAlchemyError:
                self._let_go()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of it."""
        self._let_go()

    def _is_held(self) -> bool:
        """Tell whether the connection that holds the lock still lives."""
        if self._connection is None:
            return False
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError:
            self._let_go()
            return False
        return True

    def _take(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.exec_driver_sql(_TAKE).scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def _let_go(self) -> None:
        """Give the lock back, and end the session: one that only went back to the pool would keep what it holds."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
            connection.invalidate()
            connection.close()
