"""Workers in processes of their own, beside this one: for the demo, and for measuring what a second one brings."""

import multiprocessing
import signal
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from convener.engines.opening import open_engine
from convener.errors import StoreError
from convener.runtime import open_workspace

READY = "ready"


@contextmanager
def workers_beside(folder: Path, environ: Mapping[str, str], count: int) -> Generator[None]:
    """Let *count* more workers do what is in the queue of the workspace *folder*, until the block ends.

    Raise StoreError when one of them cannot begin.
    """
    started = [_start(folder, environ) for _ in range(count)]
    try:
        _wait_until_ready([ours for ours, _ in started])
        yield
    finally:
        for ours, process in started:
            ours.close()
            process.join()


def _wait_until_ready(told: list[Connection]) -> None:
    try:
        for one in told:
            one.recv()
    except EOFError:
        raise StoreError("a worker beside this one could not begin", hint="what it said stands above") from None


def _start(folder: Path, environ: Mapping[str, str]) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("spawn")  # a fork would take the connections of this process along
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(folder, dict(environ), theirs), name="convener-worker")
    process.start()
    theirs.close()
    return ours, process


def _work(folder: Path, environ: Mapping[str, str], told: Connection) -> None:
    """Be a worker until the other end of *told* is closed, by its word or by its death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us hears of it and lets us end
    with closing(open_workspace(folder, environ=environ)) as workspace, closing(open_engine(workspace)):
        told.send(READY)
        wait([told])
