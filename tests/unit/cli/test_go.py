"""`convener go`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_twice_is_once_too_often(convener: Callable[..., Any], live: Path) -> None:
    """A live programme cannot go live."""
    done = convener("-w", live, "go", "acme/first")

    assert (2, "error: acme/first is live already\n") == (done.code, done.err)


def test_a_draft_without_pods(convener: Callable[..., Any], workspace: Path) -> None:
    """Going live needs pods."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "go", "acme/first")

    assert (2, True) == (done.code, "has no pods yet" in done.err)
