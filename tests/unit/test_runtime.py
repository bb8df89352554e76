"""Putting a workspace together."""

from contextlib import closing
from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.operations.initialise import initialise
from convener.runtime import open_workspace


def test_a_workspace_opens_with_the_embedded_defaults(tmp_path: Path) -> None:
    """After `init` everything is there: rules, connectors and a database (R29)."""
    folder = tmp_path / "w"
    initialise(folder, example="brightwater")
    with closing(open_workspace(folder, environ={})) as workspace:
        assert "brightwater" in workspace.rules.clients()
        assert {} == dict(workspace.connectors.broken)


def test_a_folder_that_is_no_workspace_names_the_cure(tmp_path: Path) -> None:
    """An empty folder is not a workspace, and nothing is made in it."""
    with pytest.raises(UsageError) as caught:
        open_workspace(tmp_path, environ={})

    assert "convener init" in caught.value.hint
    assert [] == list(tmp_path.iterdir())
