"""Upgrading."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from convener.store import Store
from convener.store.address import read_address
from convener.store.engines import make_engine
from convener.store.schema import REVISION
from convener.store.upgrade import configuration, known_revisions

OLD = (
    "INSERT INTO programmes (client, programme, state, revision) VALUES ('north', 'care', 'live', 7)",
    (
        "INSERT INTO people (client, id, name, email, mobile, zone, holidays, attributes) "
        "VALUES ('north', 'E-001', 'Ana', 'Ana@North.example', '', '', '', '{}')"
    ),
    "INSERT INTO programme_people (client, programme, id) VALUES ('north', 'care', 'E-001')",
)
"""Rows as the first schema held them."""


def test_the_newest_step_is_the_one_the_schema_names() -> None:
    """Otherwise a database would be taken for up to date when it is not."""
    assert [REVISION] == ScriptDirectory.from_config(configuration()).get_heads()
    assert REVISION in known_revisions()


@pytest.mark.integration
def test_opening_an_up_to_date_database_does_not_load_alembic(tmp_path: Path) -> None:
    """A command should not wait for a library it does not need."""
    code = (
        "import sys; from pathlib import Path; from convener.store import Store;"
        "Store.open('sqlite:///convener.db', workspace=Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    said = [run(command, check=True, capture_output=True, text=True).stdout.strip() for _ in range(2)]

    assert ["True", "False"] == said


def test_a_database_of_the_first_schema_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    """Its rows stay, people are found by address at once, and it gets a name of its own (fault 47)."""
    engine = make_engine(read_address(url, tmp_path))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in OLD:
            connection.execute(text(statement))
    engine.dispose()
    store = Store.open(url, workspace=tmp_path)
    with store.begin() as tx:
        found = (tx.revision("north/care"), tx.scopes_of("ana@north.example"), len(tx.instance()))
        due = tx.due(datetime(2027, 1, 19, tzinfo=UTC))
    store.close()

    assert ((7, ["north/care"], 32), ["north/care"]) == (found, due)
