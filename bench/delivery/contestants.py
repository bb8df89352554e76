"""Who delivers: ours on two databases, and the queues that people would take instead."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from cores import SERVERS, pinned
from jobs import write_jobs
from postgresql_server import new_database, running_postgresql
from redis_server import program, running_redis
from sink import Sink, running_sink
from table import convener
from workload import SQLITE, fill, make_workspace, parcels, reminder

from convener.clock import SystemClock
from convener.model import Dispatch, Parcel
from convener.runtime import open_workspace

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What everybody runs on: one sink, one database server, one broker, one message."""

    folder: Path
    sink: Sink
    postgresql: str
    redis: str
    dispatch: Dispatch
    parcel: Parcel
    clock: SystemClock = field(default_factory=SystemClock)

    def fresh(self) -> Path:
        """Return a folder that holds nothing."""
        return Path(mkdtemp(dir=self.folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A process that delivers what was queued."""

    words: list[str]
    environ: dict[str, str] = field(default_factory=dict)


Prepare = Callable[[Course, int], Job]
"""Queue so many messages, and return what delivers them."""


@contextmanager
def course(*, pipelining: bool = True) -> Generator[Course]:
    """Start everything that serves."""
    with ExitStack() as stack:
        folder = Path(mkdtemp(prefix="bench"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        dispatch, parcel = reminder()
        with pinned(SERVERS):
            postgresql = stack.enter_context(running_postgresql())
        yield Course(
            folder=folder,
            sink=stack.enter_context(running_sink(folder, pipelining=pipelining)),
            postgresql=postgresql,
            redis=stack.enter_context(running_redis(folder)),
            dispatch=dispatch,
            parcel=parcel,
        )


def peers() -> dict[str, Prepare]:
    """Return the queues that are installed, by name and version."""
    found: dict[str, Prepare] = {}
    if find_spec("procrastinate"):
        found[f"procrastinate {version('procrastinate')}, PostgreSQL"] = _procrastinate
    if find_spec("celery"):
        found[f"celery {version('celery')}, files"] = _celery_files
    if find_spec("celery") and program():
        found[f"celery {version('celery')}, Redis"] = _celery_redis
    if find_spec("huey"):
        found[f"huey {version('huey')}, SQLite"] = _huey
    return found


def ours(daemon: bool = False) -> dict[str, Prepare]:
    """Return our two, as one call of `deliver` or as a daemon."""
    return {
        "SQLite": partial(_ours, on_postgresql=False, daemon=daemon),
        "PostgreSQL": partial(_ours, on_postgresql=True, daemon=daemon),
    }


def lease(its: Course) -> float:
    """Return the seconds after which ours takes a mail for lost; a connector may have longer than the config says."""
    workspace = open_workspace(make_workspace(its.fresh() / "w", port=its.sink.port), environ={})
    try:
        return max(workspace.settings.lease, 3 * workspace.connectors.deadline("mail"))
    finally:
        workspace.close()


def daemon_of(folder: Path) -> list[str]:
    """Return the command that starts the daemon of a workspace."""
    return [convener(), "--workspace", str(folder), "daemon"]


def bare(its: Course, count: int) -> Job:
    """Return the loop over smtplib."""
    return Job(words=_script("bare.py", str(its.sink.port), str(_jobs(its, count))))


def _ours(its: Course, count: int, *, on_postgresql: bool, daemon: bool) -> Job:
    database = new_database(its.postgresql) if on_postgresql else SQLITE
    folder = make_workspace(its.fresh() / "w", port=its.sink.port, database=database)
    workspace = open_workspace(folder, environ={})
    due = workspace.clock.now() - timedelta(minutes=1)
    fill(workspace, its.dispatch, its.parcel, [due] * count)
    workspace.store.tidy()
    workspace.close()
    if daemon:
        return Job(words=daemon_of(folder))
    return Job(words=_script("ours.py", str(folder)))


def _procrastinate(its: Course, count: int) -> Job:
    return _peer(its, count, "procrastinate_peer.py", new_database(its.postgresql))


def _celery_files(its: Course, count: int) -> Job:
    folder = its.fresh()
    return _peer(its, count, "celery_peer.py", f"filesystem://{folder}")


def _celery_redis(its: Course, count: int) -> Job:
    return _peer(its, count, "celery_peer.py", its.redis)


def _huey(its: Course, count: int) -> Job:
    return _peer(its, count, "huey_peer.py", str(its.fresh() / "huey.db"))


def _peer(its: Course, count: int, script: str, broker: str) -> Job:
    environ = _environ(its, broker)
    subprocess.run(_script(script, "queue", str(_jobs(its, count))), check=True, env=environ, capture_output=True)
    return Job(words=_script(script, "work"), environ=environ)


def _environ(its: Course, broker: str) -> dict[str, str]:
    ours = {"BENCH_BROKER": broker, "BENCH_SINK": str(its.sink.port), "BENCH_LEASE": str(lease(its))}
    return {**os.environ, **ours}


def _script(name: str, *words: str) -> list[str]:
    return [sys.executable, str(HERE / name), *words]


def _jobs(its: Course, count: int) -> Path:
    return write_jobs(its.folder / f"jobs-{count}", parcels(its.parcel, count))
