"""Putting a workspace together."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from convener.errors import InvalidError, UsageError
from convener.operations.initialise import initialise
from convener.runtime import open_workspace, reconfigured


def test_a_workspace_opens_with_the_embedded_defaults(tmp_path: Path, housed: Callable[[Path], Path]) -> None:
    """After `init` everything is there: rules, connectors and a database (R29)."""
    folder = tmp_path / "w"
    initialise(folder, example="brightwater")
    with closing(open_workspace(housed(folder), environ={})) as workspace:
        assert "brightwater" in workspace.rules.clients()
        assert {} == dict(workspace.connectors.broken)


def test_a_folder_that_is_no_workspace_names_the_cure(tmp_path: Path) -> None:
    """An empty folder is not a workspace, and nothing is made in it."""
    with pytest.raises(UsageError) as caught:
        open_workspace(tmp_path, environ={})

    assert "convener init" in caught.value.hint
    assert [] == list(tmp_path.iterdir())


@pytest.fixture
def folder(tmp_path: Path, housed: Callable[[Path], Path]) -> Path:
    """Return an empty workspace."""
    initialise(tmp_path / "w")
    return housed(tmp_path / "w")


def test_other_settings_keep_the_database_open(folder: Path) -> None:
    """What a daemon takes on SIGHUP: settings, rules and connectors are new, the rest goes on (P14)."""
    config = folder / "config.toml"
    with closing(open_workspace(folder, environ={})) as workspace:
        same = reconfigured(workspace, environ={})
        config.write_text(f"{config.read_text('utf-8')}\n[connectors.more]\nplugin = 'outbox'\n", encoding="utf-8")
        other = reconfigured(workspace, environ={})
        other.connectors.close()

        assert same is workspace
        assert (True, False) == (other.store is workspace.store, other.rules is workspace.rules)
        assert "more" in other.connectors.names()


def test_wrong_settings_are_refused_and_change_nothing(folder: Path) -> None:
    """With every problem."""
    config = folder / "config.toml"
    with closing(open_workspace(folder, environ={})) as workspace:
        config.write_text(f"surprise = true\n{config.read_text('utf-8')}", encoding="utf-8")
        with pytest.raises(InvalidError):
            reconfigured(workspace, environ={})


def test_another_database_takes_another_process(folder: Path) -> None:
    """Locks and leases belong to the one that is open."""
    with (
        closing(open_workspace(folder, environ={})) as workspace,
        pytest.raises(UsageError, match="another database or engine"),
    ):
        reconfigured(workspace, environ={"CONVENER_DATABASE": "sqlite:///var/other.db"})
