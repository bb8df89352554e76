"""`convener tick`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

AT = ("--at", "2026-12-01T09:00")


def test_the_same_moment_twice_sends_once(convener: Callable[..., Any], live: Path) -> None:
    """The second tick for one moment finds nothing to do (N5)."""
    first = convener("-w", live, "tick", *AT, "--json")
    second = convener("-w", live, "tick", *AT, "--json")

    assert (0, 0) == (first.code, second.code)
    assert first.data["sent"] == len(first.data["planned"]) > 0
    assert ([], 0) == (second.data["planned"], second.data["sent"])


def test_deciding_without_delivering(convener: Callable[..., Any], live: Path) -> None:
    """With --no-deliver the ledger is filled and nothing goes out."""
    decided = convener("-w", live, "tick", *AT, "--no-deliver", "--json").data

    assert (True, 0, False) == (len(decided["planned"]) > 0, decided["sent"], (live / "var" / "outbox").exists())


def test_a_tick_in_words(convener: Callable[..., Any], live: Path) -> None:
    """Without --json nothing is on stdout."""
    done = convener("-w", live, "tick", *AT)

    assert ("", True) == (done.out, "sent, 0 to try again, 0 failed, 0 in doubt" in done.err)
