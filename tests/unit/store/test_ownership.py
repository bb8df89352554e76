"""Telling our database from a stranger's."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from convener.errors import StoreError
from convener.store import Store

URL = "sqlite:///convener.db"


def _refusal(workspace: Path, url: str = URL) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Store.open(url, workspace=workspace)
    assert caught.value.hint
    return caught.value


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    """A stranger's SQLite file keeps every byte."""
    path = tmp_path / "convener.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()

    assert "belongs to another program" in str(_refusal(tmp_path))
    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"name,email\nAna,ana@north.example\n", b"SQLite format 3\0 and then rubbish"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    """A roster or a damaged file is not overwritten."""
    path = tmp_path / "convener.db"
    path.write_bytes(content)

    assert "database" in str(_refusal(tmp_path))
    assert content == path.read_bytes()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A path that names a folder says so."""
    (tmp_path / "convener.db").mkdir()

    assert "is a folder" in str(_refusal(tmp_path))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """A parent that is a file, or not to be written to, is named."""
    (tmp_path / "var").write_text("not a folder")

    assert "cannot be created" in str(_refusal(tmp_path, "sqlite:///var/convener.db"))


def test_an_empty_file_becomes_ours(tmp_path: Path) -> None:
    """Nothing in it, nothing to lose."""
    (tmp_path / "convener.db").touch()

    Store.open(URL, workspace=tmp_path).close()


def test_a_newer_schema_is_refused(url: str, store: Store, tmp_path: Path) -> None:
    """A database that a later version upgraded is left alone (fault 47)."""
    with store.begin() as tx:
        tx._connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))  # noqa: SLF001 - plays the future
    store.close()

    assert "newer Convener (schema 9999" in str(_refusal(tmp_path, url))


@pytest.mark.integration
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('abc')",
        "CREATE TABLE people (name TEXT)",
        "CREATE TABLE store_facts (name TEXT)",
    ],
)
def test_a_schema_of_another_program_is_refused(postgresql_url: str, tmp_path: Path, statement: str) -> None:
    """A version or a table of ours that we did not write belongs to somebody else."""
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()

    assert "tables of another program" in str(_refusal(tmp_path, postgresql_url))


@pytest.mark.integration
def test_a_schema_may_be_shared(postgresql_url: str, tmp_path: Path) -> None:
    """Tables with other names, such as a job queue's, are no obstacle."""
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE procrastinate_jobs (id INT)"))
    engine.dispose()

    Store.open(postgresql_url, workspace=tmp_path).close()
