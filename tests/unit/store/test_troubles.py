"""What the database says, in words."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError

from convener.errors import StoreError
from convener.store.troubles import in_words, told

PERSONAL = "ana@north.example"


def _said(text: str) -> OperationalError:
    return OperationalError(f"SELECT '{PERSONAL}'", {"email": PERSONAL}, sqlite3.OperationalError(f"{text} {PERSONAL}"))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (_said("database is locked"), "another program holds it"),
        (_said("database or disk is full"), "the disk is full"),
        (_said("attempt to write a readonly database"), "read-only"),
        (_said("unable to open database file"), "cannot be opened"),
        (_said("disk I/O error"), "reported an error"),
        (_said("database disk image is malformed"), "damaged"),
        (_said("connection to server at 127.0.0.1 failed: Connection refused"), "nothing answers"),
        (_said('FATAL: password authentication failed for user "x"'), "user or the password"),
        (_said("something unheard of"), "OperationalError"),
        (IntegrityError("INSERT", {"email": PERSONAL}, sqlite3.IntegrityError(PERSONAL)), "do not fit"),
        (ArgumentError("rubbish"), "ArgumentError"),
    ],
)
def test_every_trouble_has_cause_and_cure_and_no_personal_data(error: SQLAlchemyError, cause: str) -> None:
    """Statements, parameters and what the driver quotes stay out of what could be logged (faults 3-5, 38)."""
    found = told(error, "database x")

    assert cause in str(found)
    assert found.hint
    assert PERSONAL not in str(found) + found.hint


@pytest.mark.parametrize("text", ["disk I/O error", "unable to open database file"])
def test_what_is_behind_an_error_of_the_disk_is_said(tmp_path: Path, text: str) -> None:
    """SQLite says the same of what it may not write to and of a broken disk; root may write anywhere (faults 3, 4)."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    behind = "it is read-only" in str(told(_said(text), "database x", closed / "convener.db"))
    here = str(told(_said(text), "database x", tmp_path / "convener.db"))
    nowhere = str(told(_said(text), "database x", Path("/proc/convener.db")))

    assert behind is not os.access(closed, os.W_OK)
    assert here == nowhere == str(told(_said(text), "database x"))


def test_sqlite_by_itself_is_in_words_too() -> None:
    """What copies a database goes past SQLAlchemy (fault 3)."""
    with pytest.raises(StoreError, match="the copy cannot be used: the disk is full"), in_words("copy"):
        raise sqlite3.OperationalError("database or disk is full")
