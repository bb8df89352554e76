"""`convener today`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_quiet_day(convener: Callable[..., Any], workspace: Path) -> None:
    """Nothing to do is said in words."""
    done = convener("-w", workspace, "today")

    assert (0, "", "nothing needs a human\n") == (done.code, done.out, done.err)


def test_what_is_late_is_listed(convener: Callable[..., Any], live: Path) -> None:
    """A dispatch that is due and unsent needs somebody, with the command that settles it (R25)."""
    convener("-w", live, "tick", "--at", "2026-12-01T09:00", "--no-deliver")
    done = convener("-w", live, "today", "--at", "2026-12-02T09:00", "--json")
    keys = ["id", "severity", "client", "programme", "subject", "since", "text", "settle"]

    assert (keys, "convener tick") == (list(done.data["flags"][0]), done.data["flags"][0]["settle"])
