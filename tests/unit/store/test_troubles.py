"""What the database says, in words."""

import sqlite3

import pytest
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError

from convener.store.troubles import told

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
