"""`convener sync`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_everybody_is_brought_in(convener: Callable[..., Any], workspace: Path) -> None:
    """A first sync creates each row of the roster (R3)."""
    done = convener("-w", workspace, "sync", "acme", "--json")

    assert (0, 6, 0) == (done.code, len(done.data["created"]), done.data["unchanged"])
    assert {"programme": "first", "line": 2, "email": "ana@acme.example", "changes": []} == done.data["created"][0]


def test_the_second_time_nothing_changes(convener: Callable[..., Any], workspace: Path) -> None:
    """A sync is idempotent (R3)."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "sync", "acme", "--json")

    assert {"created": [], "updated": [], "unchanged": 6, "refused": [], "conflicts": []} == done.data


def test_a_dry_run_writes_nothing(convener: Callable[..., Any], workspace: Path) -> None:
    """What a dry run says would be created is still to be created afterwards."""
    rehearsed = convener("-w", workspace, "sync", "acme", "--dry-run", "--json")
    done = convener("-w", workspace, "sync", "acme", "--json")

    assert rehearsed.data == done.data


def test_a_bad_row_is_refused_with_its_line(convener: Callable[..., Any], workspace: Path) -> None:
    """One bad row is listed with its reason, the others are taken, and the exit code says so."""
    with (workspace / "data" / "acme.csv").open("a", encoding="utf-8") as roster:
        roster.write("7,Gus Hale,not an address,Europe/London,Sales,Mia Holt,mia@acme.example\n")
    done = convener("-w", workspace, "sync", "acme")

    assert 4 == done.code
    assert "refused   8" in done.out
    assert "created 6, updated 0, unchanged 0, refused 1" in done.err
