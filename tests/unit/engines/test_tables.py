"""The tables of the queue beside ours."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from convener.engines.tables import MARK, make_tables, migrations
from convener.errors import StoreError
from convener.store import Store

pytestmark = pytest.mark.integration
COMMENT = "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')"


@pytest.fixture
def connect(postgresql_url: str) -> Callable[[], psycopg.Connection]:
    """Open connections that commit each statement."""
    return lambda: psycopg.connect(postgresql_url, autocommit=True)


def test_processes_that_start_together_make_the_tables_once(connect: Callable[[], psycopg.Connection]) -> None:
    """Each waits for the others and finds the work done (N5)."""

    def make(_: int) -> str:
        with connect() as connection:
            make_tables(connection)
            return str(connection.execute(COMMENT).fetchone())

    with ThreadPoolExecutor(6) as pool:
        comments = set(pool.map(make, range(6)))

    assert {str((MARK + migrations()[-1].name,))} == comments


def test_our_tables_and_those_of_the_queue_live_together(
    connect: Callable[[], psycopg.Connection], postgresql_url: str, tmp_path: Path
) -> None:
    """Whichever come first, the others are made beside them, and neither takes the other for a stranger."""
    with connect() as connection:
        make_tables(connection)
    Store.open(postgresql_url, workspace=tmp_path).close()
    with connect() as connection:
        make_tables(connection)
    store = Store.open(postgresql_url, workspace=tmp_path)
    store.close()

    with connect() as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
    assert {"ledger", "procrastinate_jobs"} <= {name for (name,) in found}


def test_they_are_made_in_our_schema_and_no_other(
    connect: Callable[[], psycopg.Connection], postgresql_server: str
) -> None:
    """A queue that another schema holds is not ours, even on the same server."""
    with connect() as connection:
        make_tables(connection)
    with psycopg.connect(make_url(postgresql_server).render_as_string(hide_password=False)) as other:
        found = other.execute("SELECT to_regclass('public.procrastinate_jobs')").fetchone()

    assert (None,) == found


def test_later_steps_are_taken_once(connect: Callable[[], psycopg.Connection]) -> None:
    """What an earlier procrastinate made is brought up to what the installed one speaks to."""
    with connect() as connection:
        make_tables(connection)
        last = migrations()[-1].name
        connection.execute("DROP FUNCTION procrastinate_trigger_function_status_events_update_v1 CASCADE")
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{MARK}{migrations()[-2].name}'")
        make_tables(connection)
        there = connection.execute(
            "SELECT to_regproc('procrastinate_trigger_function_status_events_update_v1') IS NOT NULL"
        ).fetchone()
        comment = connection.execute(COMMENT).fetchone()

    assert ((True,), (MARK + last,)) == (there, comment)


@pytest.mark.parametrize(
    ("comment", "message"),
    [("NULL", "another program"), ("'theirs'", "another program"), (f"'{MARK}99.sql'", "newer procrastinate")],
)
def test_a_queue_that_is_not_ours_is_left_alone(
    connect: Callable[[], psycopg.Connection], comment: str, message: str
) -> None:
    """Another program's, or a later library's: the refusal names a cure."""
    with connect() as connection:
        make_tables(connection)
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS {comment}")
        with pytest.raises(StoreError, match=message) as caught:
            make_tables(connection)

    assert caught.value.hint
