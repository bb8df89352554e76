"""Who does the work of the daemon: this process alone, or any number of workers on PostgreSQL."""

from convener.engines.embedded import Embedded
from convener.engines.engine import Engine
from convener.engines.opening import open_engine
from convener.engines.processes import workers_beside

__all__ = ["Embedded", "Engine", "open_engine", "workers_beside"]
