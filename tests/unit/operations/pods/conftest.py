"""The northern-health example with its people, before and after pods were proposed and accepted."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.operations import pods
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.runtime import open_workspace

SCOPE = "northern-health/primary-care"
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def proposed_folder(tmp_path_factory: pytest.TempPathFactory, housed) -> Path:
    """Return a workspace with people and proposed pods; copied, never changed."""
    folder = tmp_path_factory.mktemp("proposed") / "workspace"
    initialise(folder, example="northern-health")
    with closing(open_workspace(housed(folder), clock=VirtualClock(NOW), environ={})) as workspace:
        sync(workspace, "northern-health")
        pods.propose(workspace, SCOPE)
    return folder


@pytest.fixture
def enrolled(draft):
    """Return a draft whose roster has been read."""
    sync(draft.workspace, "northern-health")
    return draft


@pytest.fixture
def proposed(tmp_path: Path, proposed_folder: Path, copied, opened):
    """Return a workspace of its own with pods proposed."""
    return opened(copied(proposed_folder, tmp_path / "proposed"), NOW)


@pytest.fixture
def accepted(proposed):
    """Return it with its pods accepted."""
    pods.accept(proposed.workspace, SCOPE)
    return proposed
