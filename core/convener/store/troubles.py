"""What the database says, in words for a person: no statement, no parameters, no password."""

import os
import re
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from convener.errors import StoreError

_FULL = ("the disk is full", "make room, then try again; nothing was half-written")
_READ_ONLY = ("it is read-only", "give Convener a folder and a file it may write to")
_ROOM = 65_536
"""Bytes without which SQLite cannot even begin to read."""
_CURES = (
    (r"is append-only", "events can only be added", "events are never changed; record a new one"),
    (r"database is locked|lock timeout", "another program holds it", "wait for the other program, then try again"),
    (r"disk is full|no space left", *_FULL),
    (r"readonly|read-only", *_READ_ONLY),
    (r"unable to open", "the file cannot be opened", "check that the folder exists and may be written to"),
    (r"disk i/o", "the disk reported an error", "check the disk; what was reported as saved is saved"),
    (r"malformed|not a database", "the file is damaged", "restore a backup"),
    (
        r"password authentication|no password supplied",
        "it refused the user or the password",
        "check user and password in the URL",
    ),
    (r"database .* does not exist", "that database does not exist", "create it first, for example with createdb"),
    (r"could not translate host|name or service not known", "its host is unknown", "check the host in the URL"),
    (r"connection refused|no such file or directory", "nothing answers there", "start PostgreSQL, or correct the URL"),
    (r"timeout expired|timed out", "it did not answer in time", "check the network and the URL"),
    (
        r"server version mismatch",
        "it is older than the server",
        "put the programs of the server's own version first on the PATH",
    ),
    (r"server closed|terminating connection|connection .* lost", "the connection was lost", "try again"),
)


def cause_of(said: str) -> tuple[str, str] | None:
    """Return cause and cure of what a database or its programs *said*, None when nobody foresaw it."""
    return next(((cause, cure) for pattern, cause, cure in _CURES if re.search(pattern, said.lower())), None)


def told(error: SQLAlchemyError | sqlite3.Error, database: str, path: Path | None = None) -> StoreError:
    """Return the error to show for *error* of *database*, a name without secrets, kept in the file *path* if in one."""
    if isinstance(error, IntegrityError) and "append-only" not in str(error.orig):
        return StoreError(
            f"the {database} refused rows that do not fit the ones it has",
            hint="somebody changed the same programme meanwhile, or a row names what does not exist; try again",
        )
    said = error if isinstance(error, sqlite3.Error) else error.orig if isinstance(error, DBAPIError) else None
    kind = type(said or error).__name__, "run `convener doctor` and check the URL"
    cause, cure = (path and _behind(str(said), path)) or cause_of(str(said)) or kind
    return StoreError(f"the {database} cannot be used: {cause}", hint=cure)


def _behind(said: str, path: Path) -> tuple[str, str] | None:
    """Return what is behind an error of the disk, where SQLite does not say."""
    if not re.search(r"disk i/o|unable to open", said.lower()) or not path.parent.is_dir():
        return None
    if not os.access(path if path.exists() else path.parent, os.W_OK) or not os.access(path.parent, os.W_OK):
        return _READ_ONLY
    disk = shutil.disk_usage(path.parent)
    return _FULL if disk.total and disk.free < _ROOM else None


@contextmanager
def in_words(database: str, path: Path | None = None) -> Generator[None]:
    """Turn every error of the database inside into a StoreError; the original would carry personal data."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise told(error, database, path) from None
