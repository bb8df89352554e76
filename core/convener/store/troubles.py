"""What the database says, in words for a person: no statement, no parameters, no password."""

import re
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from convener.errors import StoreError

_CURES = (
    (r"is append-only", "events can only be added", "events are never changed; record a new one"),
    (r"database is locked|lock timeout", "another program holds it", "wait for the other program, then try again"),
    (r"disk is full|no space left", "the disk is full", "make room, then try again; nothing was half-written"),
    (r"readonly|read-only", "it is read-only", "give Convener a folder and a file it may write to"),
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
    (r"server closed|terminating connection|connection .* lost", "the connection was lost", "try again"),
)


def told(error: SQLAlchemyError, database: str) -> StoreError:
    """Return the error to show for *error* of *database*, a name without secrets."""
    if isinstance(error, IntegrityError) and "append-only" not in str(error.orig):
        return StoreError(
            f"the {database} refused rows that do not fit the ones it has",
            hint="somebody changed the same programme meanwhile, or a row names what does not exist; try again",
        )
    said = str(error.orig).lower() if isinstance(error, DBAPIError) else ""
    for pattern, cause, cure in _CURES:
        if re.search(pattern, said):
            return StoreError(f"the {database} cannot be used: {cause}", hint=cure)
    kind = type(error.orig if isinstance(error, DBAPIError) else error).__name__
    return StoreError(f"the {database} cannot be used: {kind}", hint="run `convener doctor` and check the URL")


@contextmanager
def in_words(database: str) -> Generator[None]:
    """Turn every error of the database inside into a StoreError; the original would carry personal data."""
    try:
        yield
    except SQLAlchemyError as error:
        raise told(error, database) from None
