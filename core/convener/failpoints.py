"""Failpoints: places at which a process may be made to kill itself, to prove that nothing is lost or doubled (N5).

`CONVENER_FAILPOINT=operations.tick._tick_programme:commit` kills the process before that function's transaction is
committed, `…:committed` after it, `…@3` the third time it gets there. Every commit and every call of a connector has
one on each side, named after the function that makes it, so that a new step cannot be without. Without the variable
they cost one look at a string.
"""

import os
import signal
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from inspect import currentframe

VARIABLE = "CONVENER_FAILPOINT"
"""Names the failpoint at which to die."""
JOURNAL = "CONVENER_FAILPOINT_JOURNAL"
"""A file to which every failpoint that is passed is written, a line each."""

_passed: Counter[str] = Counter()
_counting = threading.Lock()


def armed() -> bool:
    """Tell whether failpoints do anything in this process."""
    return bool(os.environ.get(VARIABLE) or os.environ.get(JOURNAL))


def failpoint(name: str) -> None:
    """Kill this process, as a power cut would, when *name* is the one asked for."""
    if armed():
        _pass(name)


@contextmanager
def around(before: str, after: str) -> Generator[None]:
    """Put a failpoint on each side of a block; the second only when the block ends well."""
    failpoint(before)
    yield
    failpoint(after)


def caller(depth: int) -> str:
    """Return the function *depth* frames up, `operations.tick.tick`; nothing unless failpoints are armed."""
    if not armed():
        return ""
    frame = currentframe()
    for _ in range(depth):
        frame = frame and frame.f_back
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}".removeprefix("convener.") if frame else ""


def _pass(name: str) -> None:
    with _counting:  # threads that pass at once must not both miss the number
        _passed[name] += 1
        number = _passed[name]
    journal = os.environ.get(JOURNAL)
    if journal:
        with open(journal, "a", encoding="utf-8") as file:  # noqa: PTH123 - one append, whole or not at all
            file.write(f"{name}\n")
    wanted, _, nth = os.environ.get(VARIABLE, "").partition("@")
    if name == wanted and number == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
