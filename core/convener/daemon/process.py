"""The process of `convener daemon`, put together."""

import sys
from pathlib import Path

from convener.daemon.daemon import Daemon
from convener.daemon.logs import log_to
from convener.daemon.signals import Signals
from convener.runtime import open_workspace


def serve(folder: Path, signals: Signals) -> None:
    """Keep the workspace *folder* going until a signal ends it; raise what keeps it from beginning.

    Raise BusyError when another daemon works on it.
    """
    log_to(sys.stderr)
    workspace = open_workspace(folder)
    daemon = Daemon(workspace)
    try:
        signals.hand_to(end=daemon.stop, nudge=daemon.hurry)
        daemon.run()
    finally:
        daemon.workspace.close()
