"""Our way: everything due in the ledger of a workspace, delivered by one process.

`ours.py WORKSPACE [PROFILE]`: prints the seconds that `deliver` takes, claims and settlement included, and the
seconds of the processor.
"""

import cProfile
import sys
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter, process_time

from convener.operations.delivery import deliver
from convener.runtime import open_workspace


def main(folder: Path, profile: str = "") -> None:
    """Deliver what is due in *folder*, and keep a profile in the file named, if one is."""
    workspace = open_workspace(folder)
    profiler = cProfile.Profile() if profile else None
    try:
        with profiler or nullcontext():
            began, worked = perf_counter(), process_time()
            deliver(workspace)
            print(perf_counter() - began, process_time() - worked)
        if profiler:
            profiler.dump_stats(profile)
    finally:
        workspace.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
