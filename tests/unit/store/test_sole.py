"""Whether one daemon has a database for itself."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from convener.errors import StoreError
from convener.store import Sole, Store
from convener.store.address import Address
from convener.store.engines import make_engine

pytestmark = pytest.mark.integration


def test_one_of_two_has_it_until_it_lets_go(postgresql_url: str, tmp_path: Path) -> None:
    """Whoever asks again still has it (fault 14)."""
    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store:
        with store.sole() as one, store.sole() as other:
            during = one.is_ours(), other.is_ours(), one.is_ours()
        with store.sole() as next_one:
            after = next_one.is_ours()

    assert ((True, False, True), True) == (during, after)


def test_two_installations_in_one_database_do_not_meet(
    postgresql_url: str, postgresql_server: str, tmp_path: Path
) -> None:
    """Each has a schema of its own."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS another_installation")
    elsewhere = postgresql_url.rpartition("search_path")[0] + "search_path%3Danother_installation"
    with (
        closing(Store.open(postgresql_url, workspace=tmp_path)) as one,
        closing(Store.open(elsewhere, workspace=tmp_path)) as other,
        one.sole() as here,
        other.sole() as there,
    ):
        assert (True, True) == (here.is_ours(), there.is_ours())


def test_a_server_that_forgot_is_asked_again(postgresql_url: str, tmp_path: Path) -> None:
    """After a restart it is ours again, unless another one was quicker (fault 6)."""
    forget = (
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with (
        closing(Store.open(postgresql_url, workspace=tmp_path)) as store,
        store.sole() as one,
        store.sole() as other,
        psycopg.connect(postgresql_url, autocommit=True) as connection,
    ):
        found = [one.is_ours()]
        connection.execute(forget)
        found.append(one.is_ours())
        connection.execute(forget)
        found += [other.is_ours(), one.is_ours()]

    assert [True, True, True, False] == found


def test_a_server_that_does_not_answer_is_an_error_and_no_answer(tmp_path: Path) -> None:
    """Nobody is told to stop because of it (fault 6)."""
    address = Address(url=make_url("postgresql+psycopg://nobody@127.0.0.1:1/nothing"), label="PostgreSQL database")
    with Sole(make_engine(address), address) as sole, pytest.raises(StoreError, match="nothing answers"):
        sole.is_ours()


def test_with_sqlite_the_file_lock_is_all_there_is(tmp_path: Path) -> None:
    """A second workspace on the same file is nobody's intention."""
    with closing(Store.open("sqlite:///x.db", workspace=tmp_path)) as store, store.sole() as sole:
        assert sole.is_ours()
