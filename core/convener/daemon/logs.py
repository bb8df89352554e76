"""What the daemon writes down: one JSON object a line, with field names that are the same everywhere.

No field is for personal data: what is not in `FIELDS` is left out, and a value that holds an address is withheld.
Other libraries are heard by name and level only, since nobody knows what their words hold (fault 38).
"""

import logging
import re
import sys
import threading
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Any, TextIO

import structlog

FIELDS: Mapping[str, str] = {
    "timestamp": "when, UTC",
    "level": "info, warning or error",
    "event": "what happened, `noun.verb`",
    "abandoned": "threads of the daemon that did not end when they were told to",
    "automation": "id of an automation",
    "client": "id of a client",
    "clients": "ids of clients",
    "code": "kind of problem, as in the reference of errors",
    "column": "column in the file, from 1",
    "connector": "name of a connector in config.toml",
    "created": "people who are new",
    "dispatches": "how many dispatches were planned",
    "dropped": "how many fields were left out of this line, because they are not in this list",
    "engine": "who does the work: embedded or procrastinate",
    "events": "how many events of registers there are",
    "failed": "how many dispatches failed for good",
    "file": "file below the workspace",
    "flags": "how many flags a tick raised",
    "head": "link of the last of those events, which depends on all before it",
    "in_doubt": "how many dispatches may or may not have arrived",
    "in_row": "how many times in a row",
    "job": "job of the daemon: rules, tick, deliver, sync, housekeeping, config; with a client or programme behind it",
    "jobs": "how many jobs fail",
    "kind": "type of an error, without its words",
    "library": "library that spoke",
    "line": "line in the file, from 1",
    "missed": "how many dispatches were too late to be sent",
    "pid": "process id",
    "port": "port that health is told on",
    "problems": "how many places in files are not in force as they are written",
    "refused": "how many rows of a roster were refused",
    "retry": "how many dispatches will be tried again",
    "seconds": "seconds by which the clock was set; back if negative",
    "sent": "how many dispatches were sent",
    "status": "ok or degraded",
    "updated": "people who changed",
}
"""Every field there is, and what it means."""
EVENTS: Mapping[str, str] = {
    "clock.jumped": "the wall clock was set by more than five seconds",
    "config.refused": "a place in the configuration is wrong; what was in force stays",
    "config.reloaded": "the daemon goes on by another configuration",
    "daemon.abandoned": "something hung at the end and was left behind",
    "daemon.held": "nothing goes out until a person says so: the database was copied or put back",
    "daemon.released": "a person said so",
    "daemon.started": "it begins",
    "daemon.stopped": "it ended",
    "dispatches.delivered": "messages went out, or did not",
    "events.anchored": "how far the chain of events goes, kept outside of the database; `db verify` prints it too",
    "health.changed": "`var/health.json` says something else",
    "job.failed": "a job failed: told the first, second, fourth, eighth … time in a row",
    "job.recovered": "it works again",
    "library.spoke": "another library had a warning or an error",
    "ping.failed": "the dead-man's switch could not be told",
    "roster.synced": "a roster brought something",
    "rules.refused": "a place in the rules for which something is not in force as it is written",
    "rules.reloaded": "rules of clients changed",
    "site.broke": "a page could not be made",
    "site.opened": "health is told at a port",
    "site.refused": "that port cannot be had",
    "thread.died": "a thread ended by an error",
    "tick.planned": "something fell due",
    "workspace.remote": "the workspace lies on a network file system, whose type is the kind",
}
"""Every event of the daemon, and what it means."""
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")


def only_known(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out every field that is not in `FIELDS`, in whose order they come, and withhold what holds an address."""
    known = {name: event[name] for name in FIELDS if name in event}
    told = {name: "(withheld)" if _ADDRESS.search(str(value)) else value for name, value in known.items()}
    return told if len(told) == len(event) else {**told, "dropped": len(event) - len(told)}


class Lines:
    """Writes whole lines; a log that cannot be written must not stop what it tells of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def __call__(self, *_: object) -> "Lines":
        """Be one's own factory, as structlog wants one."""
        return self

    def msg(self, line: str) -> None:
        """Write *line*."""
        with self._lock, suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    debug = info = warning = error = critical = msg


class Overheard(logging.Handler):
    """Takes what other libraries say, and repeats none of it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell that *record* was said, by whom and of what kind."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else record.levelname.lower()
        structlog.get_logger("convener.daemon").warning("library.spoke", library=record.name, kind=kind)


def log_to(stream: TextIO | None = None) -> None:
    """Write every event of this process to *stream*, stderr without; warnings and dying threads too."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=Lines(stream or sys.stderr),
    )
    logging.basicConfig(handlers=[Overheard(logging.WARNING)], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    threading.excepthook = _died


def _died(ending: threading.ExceptHookArgs) -> None:
    structlog.get_logger("convener.daemon").error("thread.died", kind=ending.exc_type.__name__)
