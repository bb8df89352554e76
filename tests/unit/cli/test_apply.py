"""`convener apply`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SCOPE = "acme/first"
AT = ("--at", "2026-12-01T09:00")


def saved(convener: Callable[..., Any], live: Path) -> Path:
    """Return a plan of the programme that went live this morning."""
    file = live / "plan.json"
    done = convener("-w", live, "plan", SCOPE, "--until", "2027-02-20", "-o", file, *AT)
    assert (0, True) == (done.code, f"convener apply {file}" in done.err)
    return file


def test_what_is_due_is_written(convener: Callable[..., Any], live: Path) -> None:
    """Into the ledger, ready; what remains is said, and nothing is delivered (R30)."""
    done = convener("-w", live, "apply", saved(convener, live), *AT)
    rows = convener("-w", live, "ledger", "list", "--json").data["dispatches"]

    assert 0 == done.code
    assert f"{len(rows)} messages are in the ledger; the next tick delivers them" in done.err
    assert "of the plan are still ahead" in done.err
    assert {"ready"} == {row["state"] for row in rows}


def test_a_rehearsal(convener: Callable[..., Any], live: Path) -> None:
    """Says what would be written."""
    done = convener("-w", live, "apply", saved(convener, live), *AT, "--dry-run")

    assert "would be in the ledger" in done.err
    assert [] == convener("-w", live, "ledger", "list", "--json").data["dispatches"]


def test_json(convener: Callable[..., Any], live: Path) -> None:
    """The keys that were written, and the plan they are of."""
    data = convener("-w", live, "apply", saved(convener, live), *AT, "--json").data

    assert ["scope", "made", "written", "held", "missed", "ahead", "next_due"] == list(data)
    assert (SCOPE, True) == (data["scope"], bool(data["written"]))


def test_a_stale_plan_is_refused(convener: Callable[..., Any], live: Path) -> None:
    """Exit 1, what differs, and the command that plans again; nothing is written (P19)."""
    file = saved(convener, live)
    convener("-w", live, "change", "withdraw", SCOPE, "ana@acme.example", *AT)
    done = convener("-w", live, "apply", file, "--at", "2026-12-01T10:00")

    assert 1 == done.code
    assert "the register has changed" in done.err
    assert "hint: plan again: convener plan acme/first --until 2027-02-20" in done.err
    assert [] == convener("-w", live, "ledger", "list", "--json").data["dispatches"]


def test_a_file_that_is_no_plan(convener: Callable[..., Any], live: Path) -> None:
    """Neither a rule file nor one that is not there."""
    for file in (live / "rulesets" / "acme.toml", live / "nothing.json"):
        assert 1 == convener("-w", live, "apply", file).code
