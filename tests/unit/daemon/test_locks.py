"""One daemon at a time."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from convener.daemon.locks import alone, first, runs
from convener.errors import BusyError, StoreError
from convener.operations.workspace import Workspace
from convener.store import Store

pytestmark = pytest.mark.integration


def test_the_second_is_refused_and_the_next_one_welcome(workspace: Workspace) -> None:
    """With what to do about it; a look at the lock takes nothing (fault 14)."""
    before = runs(workspace.folder)
    with alone(workspace) as sole:
        during = runs(workspace.folder), sole.is_ours()
        with pytest.raises(BusyError, match="another daemon works on this workspace"), alone(workspace):
            pass
    after = runs(workspace.folder)
    with alone(workspace):
        again = True

    assert (False, (True, True), False, True) == (before, during, after, again)


def test_several_may_share_a_workspace_and_one_of_them_is_the_first(workspace: Workspace) -> None:
    """Workers of one machine; the first one tells its health."""
    with first(workspace) as one, first(workspace) as other:
        assert (True, False) == (one, other)


def test_a_lock_that_cannot_be_made_is_an_error_with_a_cure(workspace: Workspace, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "var").touch()
    with pytest.raises(StoreError, match="lock of the daemon") as refused, alone(replace(workspace, folder=tmp_path)):
        pass

    assert "local folder" in refused.value.hint


def test_one_daemon_has_a_database_that_several_workspaces_share(
    workspace: Workspace, postgresql_url: str, tmp_path: Path
) -> None:
    """Two machines have no file in common, but the database (fault 14)."""
    stores = [Store.open(postgresql_url, workspace=tmp_path / str(number)) for number in range(2)]
    one, other = (replace(workspace, folder=tmp_path / str(number), store=stores[number]) for number in range(2))
    with closing(stores[0]), closing(stores[1]):
        with alone(one), pytest.raises(BusyError, match="on this database"), alone(other):
            pass
        with alone(other) as sole:
            assert sole.is_ours()
