"""One daemon at a time on a workspace: a lock that a killed process gives up by itself (fault 14).

The lock saves work and keeps the log readable; that nothing goes out twice is the business of the ledger.
"""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from convener.errors import BusyError, StoreError
from convener.operations.workspace import Workspace
from convener.store import Sole

PATIENCE = 1.0
"""Seconds to wait for the lock: `convener doctor` takes it for a moment to see whether it is free."""


def runs(folder: Path) -> bool:
    """Tell whether a daemon works on the workspace *folder*, in whatever process."""
    lock = _lock(folder)
    if not Path(lock.lock_file).exists():
        return False
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def alone(workspace: Workspace) -> Generator[Sole]:
    """Be the only daemon inside, by a file and, on PostgreSQL, by the database; yield the word of the database.

    Raise BusyError when another one is there already, StoreError when the lock cannot be made.
    """
    with ExitStack() as stack:
        if not _take(workspace.folder, stack):
            raise BusyError("another daemon works on this workspace", hint="stop it first, or leave it")
        sole = stack.enter_context(workspace.store.sole())
        if not sole.is_ours():
            raise BusyError(
                "another daemon works on this database", hint="stop it first, or use engine = 'procrastinate'"
            )
        yield sole


@contextmanager
def first(workspace: Workspace) -> Generator[bool]:
    """Tell whether this is the first of the daemons that share a workspace; it is, until it ends."""
    with ExitStack() as stack:
        yield _take(workspace.folder, stack)


def _take(folder: Path, stack: ExitStack) -> bool:
    """Take the lock for as long as *stack* is open; tell whether it was free."""
    lock = _lock(folder)
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(lock.acquire(timeout=PATIENCE))
    except Timeout:
        return False
    except (OSError, NotImplementedError) as error:
        message = f"the lock of the daemon cannot be made in var/ of the workspace: {type(error).__name__}"
        raise StoreError(message, hint="give Convener a local folder it may write to") from None
    return True


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / "var" / "daemon.lock")
