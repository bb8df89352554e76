"""The tables of the queue: procrastinate's own, made in the schema that holds ours, by whoever comes first."""

from pathlib import Path

from procrastinate.schema import SchemaManager
from psycopg import Connection, sql

from convener.errors import StoreError

MARK = "convener "
"""How the comment of a table begins that we made; the name of the last step follows."""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('convener.queue'))"
"""Has whoever changes the queue or its tables wait for whoever does already, until that transaction ends."""
_COMMENT = """\
SELECT relation.oid IS NOT NULL, obj_description(relation.oid, 'pg_class')
FROM to_regclass(quote_ident(current_schema()) || '.procrastinate_jobs') AS relation (oid)"""


def make_tables(connection: Connection) -> None:
    """Bring the tables of the queue to what the installed procrastinate speaks to, each step in its transaction.

    Processes that start together wait for one another, and what one has done the others leave. Raise StoreError when
    the tables are another program's, or newer than the library that is installed here.
    """
    steps = migrations()
    while _take_a_step(connection, steps):
        pass


def _take_a_step(connection: Connection, steps: list[Path]) -> bool:
    """Make all the tables, or change them by one of *steps*, and note it; False when there is nothing to do."""
    with connection.transaction():
        connection.execute(ONE_AT_A_TIME)
        there, comment = connection.execute(_COMMENT).fetchone() or (False, None)
        if not there:
            connection.execute(SchemaManager.get_schema())
            _note(connection, steps[-1])
            return False
        missing = _missing(comment or "", steps)
        if missing:
            connection.execute(missing[0].read_bytes())
            _note(connection, missing[0])
        return len(missing) > 1


def _note(connection: Connection, step: Path) -> None:
    comment = sql.Literal(MARK + step.name)
    connection.execute(sql.SQL("COMMENT ON TABLE procrastinate_jobs IS {}").format(comment))


def migrations() -> list[Path]:
    """Return the steps by which the installed procrastinate came to its tables, in order."""
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _missing(comment: str, steps: list[Path]) -> list[Path]:
    """Return the steps that come after the one *comment* names."""
    if not comment.startswith(MARK):
        raise StoreError(
            "the database already holds the job queue of another program",
            hint="give Convener a schema of its own: …/convener?options=-csearch_path%3Dconvener",
        )
    last = comment.removeprefix(MARK)
    names = [step.name for step in steps]
    if last not in names:
        raise StoreError(
            f"the job queue was made by a newer procrastinate (step {last})",
            hint="pip install --upgrade 'convener[workers]'",
        )
    return steps[names.index(last) + 1 :]
