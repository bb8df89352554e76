"""Backups: whole, of one moment, taken while others go on working."""

import os
import sqlite3
from importlib import import_module
from pathlib import Path
from shutil import which
from subprocess import DEVNULL, run
from typing import Any

from sqlalchemy import Connection, Engine, text

from convener.durable import whole
from convener.errors import StoreError
from convener.store.address import Address
from convener.store.troubles import cause_of, in_words


def back_up(engine: Engine, address: Address, target: Path) -> None:
    """Write the whole database to the new file *target*, as it is at one moment.

    SQLite: a database file like the original. PostgreSQL: an archive for `pg_restore`, made by `pg_dump`.
    Raise StoreError when *target* exists or cannot be written, or there is no `pg_dump` fit for the server.
    """
    if target.exists():
        raise StoreError(f"{target} exists", hint="name a new file, for example with the date in its name")
    if not target.parent.is_dir():
        raise StoreError(f"{target.parent} is no folder", hint="make it first, or name a file in another one")
    if address.path:
        copy_file(address.path, target)
    else:
        _dump(engine, address, target)


def copy_file(source: Path, target: Path) -> None:
    """Copy the SQLite database *source* to *target*: whole or not at all, readable by its owner alone."""
    try:
        with in_words(f"copy {target}", target), whole(target) as beside:
            _copy(source, beside)
    except OSError as error:
        raise _unwritten(target, error) from None


def _copy(source: Path, target: Path) -> None:
    """Use SQLite's own way, which takes what the write-ahead log holds along and leaves writers alone."""
    here = sqlite3.connect(source, timeout=30)
    there = sqlite3.connect(target)
    try:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")  # a copy is one file
    finally:
        there.close()
        here.close()


def _dump(engine: Engine, address: Address, target: Path) -> None:
    """Let `pg_dump` write an archive; its complaints may quote what is in the database and are not passed on."""
    program = which("pg_dump")
    if program is None:
        raise StoreError("pg_dump is not on the PATH", hint="install the client programs of PostgreSQL")
    with engine.connect() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        ours = [] if schema == "public" else [f"--schema={schema}"]  # `public` is in every database to restore into
        environment = {**os.environ, **_reached(connection)}
    try:
        with whole(target) as beside:
            command = [
                program,
                "--format=custom",
                "--no-password",
                "--lock-wait-timeout=30s",
                *ours,
                f"--file={beside}",
            ]
            done = run(command, env=environment, stdin=DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603 - a program of the PATH, and nothing that anybody typed
            if done.returncode:
                cause, cure = cause_of(done.stderr) or (f"it ended with {done.returncode}", "run pg_dump by hand")
                raise StoreError(f"pg_dump cannot copy the {address.label}: {cause}", hint=cure)
    except OSError as error:
        raise _unwritten(target, error) from None


def _reached(connection: Connection) -> dict[str, str]:
    """Return how the server was reached, as variables for its programs: a list of processes shows no password."""
    conninfo: Any = import_module("psycopg.pq").Conninfo
    variables = {one.keyword.decode(): one.envvar.decode() for one in conninfo.get_defaults() if one.envvar}
    told: Any = connection.connection.driver_connection
    parameters: dict[str, str] = {**told.info.get_parameters(), "password": told.info.password}
    return {variables[name]: value for name, value in parameters.items() if value and name in variables}


def _unwritten(target: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{target} cannot be written: {(error.strerror or 'no reason given').lower()}", hint="name another place"
    )
