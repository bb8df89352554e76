"""Upgrading."""

import sys
from pathlib import Path
from subprocess import run

import pytest
from alembic.script import ScriptDirectory

from convener.store.schema import REVISION
from convener.store.upgrade import configuration, known_revisions


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
