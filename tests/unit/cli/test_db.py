"""`convener db`."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any


def test_upgrade_makes_the_database(convener: Callable[..., Any], workspace: Path) -> None:
    """A workspace without a database gets one."""
    done = convener("-w", workspace, "db", "upgrade")

    assert (0, True) == (done.code, (workspace / "var" / "convener.db").is_file())


def test_a_whole_chain_verifies(convener: Callable[..., Any], workspace: Path) -> None:
    """After a sync there is an event for each participant, chained."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "db", "verify", "--json")

    assert (0, 6, None) == (done.code, done.data["events"], done.data["broken"])


def test_somebody_else_s_database_is_left_alone(convener: Callable[..., Any], workspace: Path) -> None:
    """A database that is not ours is named, and not touched."""
    (workspace / "var").mkdir()
    with closing(sqlite3.connect(workspace / "var" / "convener.db")) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.commit()
    done = convener("-w", workspace, "db", "upgrade")

    assert (1, True) == (done.code, "belongs to another program" in done.err)
