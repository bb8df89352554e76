"""Transactions of the store: each with a failpoint on either side of its commit (N5)."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from convener.failpoints import failpoint
from convener.store.engines import READING


@contextmanager
def committing(engine: Engine, step: str, *, rehearsal: bool = False) -> Generator[Connection]:
    """Open the transaction of *step*: it commits on leaving, or leaves nothing behind after an error or a rehearsal.

    A process can be made to die at `STEP:commit`, when nothing has happened yet, and at `STEP:committed`.
    """
    with engine.connect() as connection:
        with connection.begin() as written:
            yield connection
            if rehearsal:
                written.rollback()
            failpoint(f"{step}:commit")
        failpoint(f"{step}:committed")


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """Open a transaction that sees one moment for as long as it lasts, and keeps nobody from writing."""
    told = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {READING: True}
    with engine.connect().execution_options(**told) as connection, connection.begin() as read:
        yield connection
        read.rollback()
