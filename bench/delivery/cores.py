"""Which core does what: what is measured has its own, and what serves it (sink, database, broker) has the last one."""

import os
import signal
import subprocess
import threading
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager, suppress
from functools import partial

CORES = sorted(os.sched_getaffinity(0))
SERVERS = frozenset(CORES[-1:])
"""Where the sink, PostgreSQL and Redis run."""
WORKER = frozenset(CORES[:1])
"""Where one worker runs, of whatever kind: as many processes and threads as it likes, on one core."""


def pause(seconds: float) -> None:
    """Let *seconds* pass."""
    threading.Event().wait(seconds)


def refuse_dead(process: subprocess.Popen[bytes]) -> None:
    """Raise RuntimeError when a process that should be at work has ended."""
    if process.poll() is not None:
        raise RuntimeError(f"{process.args!r} ended by itself with {process.returncode}; start it by hand to see why")


@contextmanager
def background(
    words: list[str], *, cores: Collection[int] = WORKER, environ: Mapping[str, str] | None = None
) -> Generator[subprocess.Popen[bytes]]:
    """Run a process and its children on *cores* as long as the block runs; then SIGKILL ends them all, mid-sentence."""
    process = subprocess.Popen(
        words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environ or {})},
        preexec_fn=partial(os.sched_setaffinity, 0, cores),  # noqa: PLW1509 - the bench has no threads when it starts one
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def pinned(cores: Collection[int]) -> Generator[None]:
    """Run the block, and all it starts, on *cores*."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
