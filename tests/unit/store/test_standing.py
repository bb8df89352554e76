"""Databases that were copied, moved or put back."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from convener.model import Dispatch, DispatchState
from convener.store import Entry, Settled, Store
from convener.store.address import read_address
from convener.store.engines import make_engine
from convener.store.standing import COPIED, FILE, OLDER

URL = "sqlite:///var/convener.db"
NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def _hold(folder: Path, url: str = URL) -> str:
    """Open the workspace *folder* and say why it is held."""
    with closing(Store.open(url, workspace=folder)) as store:
        return store.standing().hold


def _sent(store: Store, entry: Entry) -> Dispatch:
    """Send one message and settle it."""
    with store.begin() as tx:
        tx.add([entry], at=NOON)
        tx.claim(NOON, lease=timedelta(minutes=5), limit=9, owner="me")
    with store.begin() as tx:
        assert tx.settle_many("me", [Settled(entry[0].key, DispatchState.SENT)], at=NOON)
    return entry[0]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return the folder of a workspace with a database."""
    folder = tmp_path / "workspace"
    assert "" == _hold(folder)
    return folder


def test_a_database_that_stays_is_free(url: str, tmp_path: Path) -> None:
    """A new one is, and it is when it is opened again (fault 15)."""
    assert ["", ""] == [_hold(tmp_path, url) for _ in range(2)]


def test_a_copy_is_held_and_the_original_is_not(workspace: Path, tmp_path: Path) -> None:
    """Whoever copies a workspace has two that would send the same (fault 15)."""
    shutil.copytree(workspace, tmp_path / "copy")

    assert (COPIED, "") == (_hold(tmp_path / "copy"), _hold(workspace))


def test_a_file_that_was_put_back_is_held(workspace: Path) -> None:
    """Another file of the same name is another database, whatever it holds (fault 15)."""
    file = workspace / "var" / "convener.db"
    shutil.copy(file, workspace / "backup.db")
    (workspace / "backup.db").rename(file)

    assert COPIED == _hold(workspace)


def test_a_folder_that_is_renamed_is_not_a_copy(workspace: Path, tmp_path: Path) -> None:
    """It is still the same file, and there is no other; from now on that is its home."""
    workspace.rename(tmp_path / "renamed")
    assert "" == _hold(tmp_path / "renamed")
    with closing(sqlite3.connect(tmp_path / "renamed" / "var" / "convener.db")) as database:
        (home,) = database.execute("SELECT value FROM store_facts WHERE name = 'home'").fetchone()

    assert str(tmp_path / "renamed" / "var" / "convener.db") == json.loads(home)["path"]


def test_an_adopted_copy_is_free_for_good(workspace: Path, tmp_path: Path) -> None:
    """A person has said that it counts; a copy of it is held again."""
    shutil.copytree(workspace, tmp_path / "copy")
    with closing(Store.open(URL, workspace=tmp_path / "copy")) as store:
        store.adopt()
        assert "" == store.standing().hold
    assert "" == _hold(tmp_path / "copy")
    shutil.copytree(tmp_path / "copy", tmp_path / "second")

    assert COPIED == _hold(tmp_path / "second")


def test_what_was_sent_last_is_known(url: str, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """Nobody is held who does not lag behind (fault 15)."""
    with closing(Store.open(url, workspace=tmp_path)) as store:
        store.note_sent(_sent(store, entry()))
        assert "" == store.standing().hold


def test_an_older_database_is_held_for_everybody(url: str, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """It does not know what was sent since; who works on it from elsewhere hears of it as well (fault 15)."""
    with closing(Store.open(url, workspace=tmp_path)) as store:
        store.note_sent(_sent(store, entry()))
        with store.begin() as tx:
            tx._connection.execute(text("DELETE FROM ledger"))  # noqa: SLF001 - plays the backup
        assert OLDER == store.standing().hold
        (tmp_path / FILE).unlink()
        assert OLDER == store.standing().hold
        store.adopt()
        assert "" == store.standing().hold


def test_a_message_on_its_way_is_not_known_as_sent(sqlite_store: Store, entry: Callable[..., Entry]) -> None:
    """A backup made in the middle of sending is an older one too (fault 15)."""
    with sqlite_store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=timedelta(minutes=5), limit=9, owner="me")
    sqlite_store.note_sent(entry()[0])

    assert OLDER == sqlite_store.standing().hold


def test_the_witness_names_nobody(sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """Keys name people, and this file is in no erasure (faults 38, 39)."""
    sqlite_store.note_sent(_sent(sqlite_store, entry(recipient="ana@north.example")))
    said = (tmp_path / FILE).read_text(encoding="utf-8")

    assert ("ana" not in said, "north" in said) == (True, True)
    assert ["instance.json"] == [path.name for path in (tmp_path / "var").iterdir()]


def test_another_database_is_another_story(sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """A workspace that is pointed at a new database and back is not held: each has its own witness."""
    sqlite_store.note_sent(_sent(sqlite_store, entry()))

    assert "" == _hold(tmp_path, "sqlite:///other.db")
    assert "" == sqlite_store.standing().hold


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 1}', '{"x": {"due": "soon"}}', '{"x": {"due": 7}}'])
def test_a_witness_that_cannot_be_read_says_nothing(sqlite_store: Store, tmp_path: Path, content: str) -> None:
    """Cut off or scribbled over, it holds nobody."""
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(content, encoding="utf-8")

    assert "" == sqlite_store.standing().hold


def test_a_witness_that_cannot_be_written_stops_nobody(
    sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]
) -> None:
    """What was sent was sent."""
    (tmp_path / "var").write_text("not a folder")
    sqlite_store.note_sent(_sent(sqlite_store, entry()))

    assert "" == sqlite_store.standing().hold


@contextmanager
def _cloned(server: str, template: str, name: str) -> Iterator[str]:
    """Give the URL of a copy, of that name, of the database *template* of a PostgreSQL *server*."""
    engine = make_engine(read_address(server, Path())).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.mark.integration
def test_a_copied_postgresql_database_is_held(postgresql_server: str, tmp_path: Path) -> None:
    """Under another name it is another database (fault 15)."""
    with _cloned(postgresql_server, "template1", "original") as original:
        assert "" == _hold(tmp_path, original)
        with _cloned(postgresql_server, "original", "copied") as copy:
            assert (COPIED, "") == (_hold(tmp_path, copy), _hold(tmp_path, original))


@pytest.mark.integration
def test_a_cluster_that_nobody_may_ask_for_its_number_is_no_other(postgresql_url: str, tmp_path: Path) -> None:
    """Hosts that hide it get along with the number of the database."""
    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store, store.begin() as tx:
        home = json.loads(tx.fact("home") or "")
        tx.put_fact("home", json.dumps({"database": home["database"]}))
        assert {"cluster", "database"} == home.keys()

    assert "" == _hold(tmp_path, postgresql_url)
