"""Transactions with a failpoint on each side, and reading that keeps nobody from writing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from convener.failpoints import JOURNAL
from convener.store import Store
from convener.store.address import read_address
from convener.store.committing import committing, reading
from convener.store.engines import make_engine
from convener.store.facts import read_fact, write_fact


@pytest.fixture
def engine(url: str, store: Store, tmp_path: Path) -> Engine:
    """Give an engine of its own on the open *store*."""
    return make_engine(read_address(url, tmp_path))


def test_a_step_passes_a_failpoint_on_each_side(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a rehearsal, of which nothing stays (N5)."""
    monkeypatch.setenv(JOURNAL, str(tmp_path / "journal"))
    with committing(engine, "first") as connection:
        write_fact(connection, "colour", "red")
    with committing(engine, "second", rehearsal=True) as connection:
        write_fact(connection, "colour", "blue")
    passed = (tmp_path / "journal").read_text().split()
    with reading(engine) as connection:
        assert "red" == read_fact(connection, "colour")
    engine.dispose()

    assert ["first:commit", "first:committed", "second:commit", "second:committed"] == passed


def test_an_error_passes_none(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not committed has nothing to die before (N5)."""
    monkeypatch.setenv(JOURNAL, str(tmp_path / "journal"))
    with pytest.raises(ZeroDivisionError), committing(engine, "first"):
        raise ZeroDivisionError
    engine.dispose()

    assert not (tmp_path / "journal").exists()


def test_reading_sees_one_moment_and_stops_nobody(engine: Engine) -> None:
    """Somebody writes in the meantime, at once, and what is read stays as it was (fault 5)."""
    with reading(engine) as connection:
        before = read_fact(connection, "colour")
        with committing(engine, "write") as other:
            other.execute(text("INSERT INTO store_facts VALUES ('colour', 'red')"))
        after = read_fact(connection, "colour")
    with reading(engine) as connection:
        assert (None, None, "red") == (before, after, read_fact(connection, "colour"))
    engine.dispose()
