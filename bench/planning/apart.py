"""A task in a process of its own: what it returns, and how much memory that took.

`run(task, …)` starts this file as a command; a task is a function of a bench beside it that takes and returns JSON.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PATIENCE = 900.0
"""Seconds after which a task is given up."""
KIB = 1024 if sys.platform != "darwin" else 1
"""Bytes in the unit of `ru_maxrss`."""
Answer = dict[str, Any]
Task = Callable[..., Answer]


def run(
    task: Task, environ: Mapping[str, str] | None = None, patience: float = PATIENCE, **arguments: object
) -> Answer:
    """Return what *task* says, run in a fresh process, with `peak`, the most bytes that process held.

    A task that fails, or is not back after *patience* seconds, says so under `failed`.
    """
    words = [sys.executable, __file__, task.__module__, task.__name__, json.dumps(arguments, default=str)]
    around = {**os.environ, **(environ or {})}
    try:
        done = subprocess.run(words, check=False, stdout=subprocess.PIPE, text=True, env=around, timeout=patience)
    except subprocess.TimeoutExpired:
        return {"failed": f"no answer in {patience:g} s", "seconds": patience, "peak": 0}
    if done.returncode:
        return {"failed": f"{task.__name__} failed, exit {done.returncode}", "seconds": 0.0, "peak": 0}
    answer: Answer = json.loads(done.stdout.splitlines()[-1])
    return answer


def main(module: str, task: str, arguments: str) -> int:
    """Run one task and print its answer as JSON."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    answer = getattr(importlib.import_module(module), task)(**json.loads(arguments))
    answer["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
