"""Upgrading."""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen, run

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from convener.failpoints import VARIABLE
from convener.store import Store
from convener.store.address import read_address
from convener.store.engines import make_engine
from convener.store.schema import REVISION
from convener.store.upgrade import configuration, run_step, steps

OLD = (
    "INSERT INTO programmes (client, programme, state, revision) VALUES ('north', 'care', 'live', 7)",
    (
        "INSERT INTO people (client, id, name, email, mobile, zone, holidays, attributes) "
        "VALUES ('north', 'E-001', 'Ana', 'Ana@North.example', '', '', '', '{}')"
    ),
    "INSERT INTO programme_people (client, programme, id) VALUES ('north', 'care', 'E-001')",
)
"""Rows as the first schema held them."""


OPEN = (
    "import sys; from pathlib import Path; from convener.store import Store;"
    "Store.open(sys.argv[1], workspace=Path(sys.argv[2])).close()"
)
STEPS = steps()


def _at(revision: str, url: str, folder: Path) -> None:
    """Make a database as it was at *revision*, with somebody in it."""
    engine = make_engine(read_address(url, folder))
    with engine.begin() as connection:
        run_step(connection, STEPS[0])
        for statement in OLD:
            connection.execute(text(statement))
        run_step(connection, revision)
    engine.dispose()


def _revision(url: str, folder: Path) -> str:
    """Return the revision that the database says it has, empty for none."""
    engine = make_engine(read_address(url, folder))
    with engine.connect() as connection:
        has = connection.dialect.has_table(connection, "alembic_version")
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() if has else ""
    engine.dispose()
    return str(found)


def _killed(url: str, folder: Path, failpoint: str) -> int:
    """Open the database in a process that dies at *failpoint* and return how it ended."""
    environ = {**os.environ, VARIABLE: failpoint}
    return run([sys.executable, "-c", OPEN, url, str(folder)], env=environ, check=False).returncode


def test_the_newest_step_is_the_one_the_schema_names() -> None:
    """Otherwise a database would be taken for up to date when it is not."""
    assert [REVISION] == ScriptDirectory.from_config(configuration()).get_heads()
    assert REVISION == STEPS[-1]


@pytest.mark.integration
def test_opening_an_up_to_date_database_does_not_load_alembic(tmp_path: Path) -> None:
    """A command should not wait for a library it does not need."""
    code = f"{OPEN}; print('alembic' in sys.modules)"
    command = [sys.executable, "-c", code, "sqlite:///convener.db", str(tmp_path)]
    said = [run(command, check=True, capture_output=True, text=True).stdout.strip() for _ in range(2)]

    assert ["True", "False"] == said


def test_a_database_of_the_first_schema_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    """Its rows stay, people are found by address at once, and it gets a name of its own (fault 47)."""
    _at("0001", url, tmp_path)
    store = Store.open(url, workspace=tmp_path)
    with store.begin() as tx:
        found = (tx.revision("north/care"), tx.scopes_of("ana@north.example"), len(tx.instance()))
        due = tx.due(datetime(2027, 1, 19, tzinfo=UTC))
    store.close()

    assert ((7, ["north/care"], 32), ["north/care"]) == (found, due)


@pytest.mark.integration
@pytest.mark.parametrize("moment", ["commit", "committed"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_killed_is_done_or_not_done(url: str, tmp_path: Path, step: str, moment: str) -> None:
    """Killed before its commit nothing has happened, killed after it all has; whoever comes next goes on (fault 47)."""
    before = ["", *STEPS][STEPS.index(step)]
    if before:
        _at(before, url, tmp_path)
    ended = _killed(url, tmp_path, f"store.upgrade.{step}:{moment}")

    assert (-signal.SIGKILL, step if moment == "committed" else before) == (ended, _revision(url, tmp_path))
    with closing(Store.open(url, workspace=tmp_path)) as store, store.begin() as tx:
        assert (["north/care"] if before else []) == tx.scopes_of("ana@north.example")
    assert REVISION == _revision(url, tmp_path)


def test_the_database_as_it_was_is_kept_beside_it(tmp_path: Path) -> None:
    """Before the first of several steps, whole, for its owner alone (fault 47)."""
    _at("0001", "sqlite:///convener.db", tmp_path)
    Store.open("sqlite:///convener.db", workspace=tmp_path).close()
    kept = tmp_path / "convener.db.before-0002"
    with closing(sqlite3.connect(kept)) as copy:
        found = copy.execute("SELECT version_num, email FROM alembic_version, people").fetchall()

    assert ([("0001", "Ana@North.example")], 0o600) == (found, kept.stat().st_mode & 0o777)
    assert ["convener.db", kept.name] == sorted(path.name for path in tmp_path.iterdir())


def test_an_empty_database_is_not_copied(tmp_path: Path) -> None:
    """Nothing in it, nothing to lose."""
    Store.open("sqlite:///convener.db", workspace=tmp_path).close()

    assert ["convener.db"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.integration
def test_an_upgrade_killed_after_its_copy_makes_the_copy_again(tmp_path: Path) -> None:
    """The copy is whole, the database untouched, and the next to open it upgrades it (fault 47)."""
    _at("0001", "sqlite:///convener.db", tmp_path)
    ended = _killed("sqlite:///convener.db", tmp_path, "store.upgrade.backup:made")

    assert (-signal.SIGKILL, "0001") == (ended, _revision("sqlite:///convener.db", tmp_path))
    Store.open("sqlite:///convener.db", workspace=tmp_path).close()
    assert ["convener.db", "convener.db.before-0002"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.integration
def test_several_may_upgrade_at_once(url: str, tmp_path: Path) -> None:
    """Each step is done by whoever comes first, and all find the database usable (fault 47)."""
    _at("0001", url, tmp_path)
    makers = [Popen([sys.executable, "-c", OPEN, url, str(tmp_path)]) for _ in range(3)]

    assert [0, 0, 0] == [maker.wait(timeout=100) for maker in makers]
    assert REVISION == _revision(url, tmp_path)
