"""`convener db`."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


def test_upgrade_makes_the_database(convener: Callable[..., Any], sqlite_workspace: Path) -> None:
    """A workspace without a database gets one."""
    done = convener("-w", sqlite_workspace, "db", "upgrade")

    assert (0, True) == (done.code, (sqlite_workspace / "var" / "convener.db").is_file())


def test_a_whole_database_verifies(convener: Callable[..., Any], live: Path) -> None:
    """A programme that went live is as it must be, and its events have a head worth writing down."""
    done = convener("-w", live, "db", "verify", "--json")

    assert (0, [], 64) == (done.code, done.data["faults"], len(done.data["head"]))
    assert done.data["events"] > 0
    assert "every row as it must be" in done.err


def test_what_does_not_hold_is_named(convener: Callable[..., Any], sqlite_live: Path) -> None:
    """Its table and its row; exit 1 (fault 42)."""
    with closing(sqlite3.connect(sqlite_live / "var" / "convener.db")) as stranger:
        stranger.execute("UPDATE sessions SET ends = starts WHERE number = 1")
        (count,) = stranger.execute("SELECT count(*) FROM sessions WHERE ends = starts").fetchone()
        stranger.commit()
    done = convener("-w", sqlite_live, "db", "verify", "--json")

    assert (1, {"sessions"}) == (done.code, {fault["table"] for fault in done.data["faults"]})
    assert count == len(done.data["faults"]) > 0
    assert "error: sessions acme/first/" in done.err


def test_somebody_else_s_database_is_left_alone(convener: Callable[..., Any], sqlite_workspace: Path) -> None:
    """A database that is not ours is named, and not touched."""
    (sqlite_workspace / "var").mkdir()
    with closing(sqlite3.connect(sqlite_workspace / "var" / "convener.db")) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.commit()
    done = convener("-w", sqlite_workspace, "db", "upgrade")

    assert (1, True) == (done.code, "belongs to another program" in done.err)


def test_a_backup_is_a_new_file(convener: Callable[..., Any], sqlite_live: Path, tmp_path: Path) -> None:
    """Named with its size; a second one of the same name is refused."""
    target = tmp_path / "backup.db"
    done = convener("-w", sqlite_live, "db", "backup", target, "--json")
    again = convener("-w", sqlite_live, "db", "backup", target)

    assert (0, str(target), target.stat().st_size) == (done.code, done.data["file"], done.data["bytes"])
    assert (1, True) == (again.code, "backup.db exists" in again.err)


@pytest.fixture
def copy(sqlite_live: Path, tmp_path: Path) -> Path:
    """Return a copy of a live workspace, held."""
    return shutil.copytree(sqlite_live, tmp_path / "copy")


def test_a_held_workspace_sends_nothing_until_it_is_adopted(convener: Callable[..., Any], copy: Path) -> None:
    """`tick` says why and what to do; once adopted it works (fault 15)."""
    refused = convener("-w", copy, "tick", "--at", "2026-12-01T09:05")
    adopted = convener("-w", copy, "db", "adopt", "--json")
    done = convener("-w", copy, "tick", "--at", "2026-12-01T09:05")

    assert (1, True, True) == (refused.code, "it may be a copy" in refused.err, "convener db adopt" in refused.err)
    assert (0, True, 0) == (adopted.code, "it may be a copy" in adopted.data["hold"], adopted.data["overdue"])
    assert 0 == done.code


def test_adopting_can_be_tried(convener: Callable[..., Any], copy: Path) -> None:
    """With `--dry-run` it stays held, and one hears why."""
    said = [convener("-w", copy, "db", "adopt", "--dry-run").err for _ in range(2)]

    assert [True, True] == ["is held: it is not where" in each for each in said]
    assert "adopted" not in said[0]
    assert "is not held" not in convener("-w", copy, "db", "adopt").err
    assert "is not held\n" in convener("-w", copy, "db", "adopt").err
