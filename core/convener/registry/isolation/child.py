"""What runs in a process of its own: one connector, called for as long as somebody holds the other end of the pipe.

Nothing it prints goes anywhere, and it leaves no image of its memory when it dies: both could hold an address.
"""

import os
import resource
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from convener.errors import ConnectorError, ConvenerError
from convener.registry.connectors import Connectors
from convener.registry.isolation.speech import Answer, Call, Recipe, crossing, passable

HARD_MEMORY = 2 * 1024**3
"""Bytes of data that no call may ask for; it fails for want of memory before the machine does."""
GRACE = 5.0
"""Seconds after the deadline at which the system ends a child whose parent could not."""


def serve(handle: int) -> None:
    """Make the connector that the pipe on *handle* describes and answer calls until the pipe ends, or enough is done.

    The end of the pipe is the end of this process, also amid a call: whoever waited for it is dead, and a message that
    left after that death was settled would go out twice.
    """
    _harden()
    pipe: Connection[Answer, Any] = Connection(handle)
    calls: SimpleQueue[Call] = SimpleQueue()
    try:
        recipe: Recipe = pipe.recv()
        connectors = Connectors({recipe.name: recipe.make()}, {})
    except Exception as cause:  # noqa: BLE001 - a stranger's class, its module or its settings: any may fail
        text = str(cause) if isinstance(cause, ConvenerError) else type(cause).__name__
        pipe.send(Answer(error=ConnectorError(text)))
        return
    threading.Thread(target=_listen, args=(pipe, calls), daemon=True).start()
    pipe.send(Answer())
    for number in range(1, recipe.most_calls + 1):
        if _reply(pipe, connectors, recipe, calls.get(), spent=number == recipe.most_calls):
            return


def _listen(pipe: "Connection[Answer, Any]", calls: "SimpleQueue[Call]") -> None:
    """Hand on what comes; when nothing more can, end the process, whatever it is doing."""
    try:
        while True:
            calls.put(pipe.recv())
    finally:
        os._exit(0)


def _reply(pipe: "Connection[Answer, Any]", connectors: Connectors, recipe: Recipe, call: Call, *, spent: bool) -> bool:
    """Make *call*, send its answer and tell whether it was the last."""
    _limit(recipe.deadline + GRACE)
    value, error = _call(connectors, recipe.name, call)
    _limit(0)
    last = spent or resident() > recipe.most_memory
    try:
        pipe.send(Answer(value=passable(value), error=error, last=last))
    except Exception as cause:  # noqa: BLE001 - what a stranger returned may refuse to be pickled in any way
        text = f"connector {recipe.name!r} returned what cannot be passed on: {type(cause).__name__}"
        pipe.send(Answer(error=ConnectorError(text), last=last))
    return last


def _call(connectors: Connectors, name: str, call: Call) -> tuple[object, ConvenerError | None]:
    try:
        port = getattr(connectors, call.port)(name)
        return getattr(port, call.method)(*call.arguments), None
    except ConvenerError as error:  # the guard lets no other through
        return None, crossing(error)


def resident() -> int:
    """Return the bytes this process holds in memory now; 0 where the system does not tell."""
    with suppress(OSError, IndexError, ValueError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _harden() -> None:
    """Leave it to the pipe when to end: a signal to the whole service is the parent's, which drains first."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > HARD_MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (HARD_MEMORY, HARD_MEMORY))


def _limit(seconds: float) -> None:
    """Have the system end this process after *seconds*, even amid code that holds every lock; 0 for never."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
