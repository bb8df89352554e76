"""Bring a database to the present schema. Loaded only when there is something to do: Alembic is slow to import.

Each step is a transaction of its own: whoever is killed in one leaves the database at the step before, and the next
who opens it goes on from there (fault 47). Before the first step a copy of an SQLite database that holds anything is
put beside it; PostgreSQL is backed up by who looks after it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, exists, select, text

from convener.failpoints import failpoint
from convener.store.address import Address
from convener.store.backup import copy_file
from convener.store.committing import committing
from convener.store.ownership import revision_of
from convener.store.schema import programmes


def configuration() -> Config:
    """Return Alembic's configuration, made here instead of read from a file."""
    config = Config()
    config.set_main_option("script_location", "convener.store:migrations")
    return config


def steps() -> list[str]:
    """Return every revision this version of Convener knows, the first one first."""
    return [step.revision for step in ScriptDirectory.from_config(configuration()).walk_revisions()][::-1]


def upgrade(engine: Engine, address: Address) -> None:
    """Run every step that the database lacks; raise StoreError when it is newer than we are.

    Others may do the same at once: each step is run by whoever comes first.
    """
    known = ["", *steps()]
    first = found = _found(engine, address, known)
    while found != known[-1]:
        step = known[known.index(found) + 1]
        with committing(engine, f"store.upgrade.{step}") as connection:
            _reserve(connection)
            if revision_of(connection, address, known) == found:
                if found and found == first:
                    _keep(connection, address, step)
                run_step(connection, step)
        found = _found(engine, address, known)


def _found(engine: Engine, address: Address, known: list[str]) -> str:
    with engine.begin() as connection:
        return revision_of(connection, address, known)


def run_step(connection: Connection, step: str) -> None:
    """Run the steps up to *step* inside the open transaction of *connection*."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, step)


def copy_of(path: Path, step: str) -> Path:
    """Return where the copy of the database at *path* from before *step* is kept."""
    return path.with_name(f"{path.name}.before-{step}")


def _reserve(connection: Connection) -> None:
    """Let nobody else upgrade until the transaction ends; on SQLite nobody else writes anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('convener.upgrade'))"))


def _keep(connection: Connection, address: Address, step: str) -> None:
    """Copy an SQLite database that holds anything: the open transaction has done nothing, and nobody else can write."""
    if address.path and connection.execute(select(exists(select(programmes.c.client)))).scalar():
        copy_file(address.path, copy_of(address.path, step))
        failpoint("store.upgrade.backup:made")
