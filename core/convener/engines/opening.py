"""The engine that `config.toml` asks for."""

import os
from collections.abc import Callable
from importlib import import_module
from uuid import uuid4

from convener.engines.embedded import Embedded
from convener.engines.engine import Engine
from convener.errors import PluginError
from convener.operations.delivery import ALONE, Sent
from convener.operations.workspace import Workspace


def open_engine(
    workspace: Workspace, *, is_heir: bool = False, observe: Callable[[Sent], None] | None = None
) -> Engine:
    """Return the engine of *workspace*; *observe* hears of every dispatch that this process settles.

    *is_heir* says that this process holds the lock of daemons and has just begun: what those before it had on the wire
    is settled at once, and not when their leases end. Workers share their database and are nobody's heirs.
    Raise PluginError when it needs a library that is not installed, StoreError when its database does not answer.
    """
    name = f"{os.getpid()}-{uuid4().hex}"  # a process number alone comes back after a while
    if workspace.settings.engine == "embedded":
        return Embedded(workspace, owner=f"{ALONE}{name}", is_heir=is_heir, observe=observe)
    try:
        queued = import_module("convener.engines.queued")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"procrastinate", "psycopg", "psycopg_pool"}:
            raise
        raise PluginError("workers need procrastinate", hint="pip install 'convener[workers]'") from error
    hands = Embedded(workspace, owner=f"worker-{name}", observe=observe)
    engine: Engine = queued.open_queued(workspace, hands)
    return engine
