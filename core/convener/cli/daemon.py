"""`convener daemon`."""

import sys

import structlog

from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.daemon import Daemon, stop_on_signals
from convener.errors import UsageError

app = command_app()


@app.command()
@speaking()
def daemon(face: Face) -> None:
    """Keep ticking, syncing and delivering until stopped.

    SIGTERM and Ctrl-C let it finish what it is doing; SIGHUP makes it look at the rule files at once. Exit 75 when
    another one works on the same workspace.
    """
    if face.at:
        raise UsageError("the daemon lives in the present", hint="try: convener tick --at ISO")
    log_to_stderr()
    with opened(face) as workspace:
        running = Daemon(workspace=workspace)
        stop_on_signals(running)
        running.run()


def log_to_stderr() -> None:
    """Write one JSON object a line to stderr for every log event."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
