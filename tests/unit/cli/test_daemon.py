"""`convener daemon`; the processes themselves are tested in the room of the daemon."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_it_lives_in_the_present(convener: Callable[..., Any], workspace: Path) -> None:
    """A pretended moment makes no sense for something that waits."""
    done = convener("-w", workspace, "daemon", "--at", "2027-01-01")

    assert (2, True) == (done.code, "lives in the present" in done.err)
