"""A real workspace of the northern-health example on a virtual clock, ready up to any step."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.clock import VirtualClock
from convener.model import Register
from convener.operations import dates, pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

SCOPE = "northern-health/primary-care"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """A workspace and the clock it runs on."""

    workspace: Workspace
    clock: VirtualClock

    @property
    def register(self) -> Register:
        """The register as it stands."""
        with self.workspace.store.begin() as tx:
            return tx.load(*SCOPE.split("/"), notes=True)


def prepare(folder: Path) -> None:
    """Take a workspace from nothing to a live programme."""
    clock = VirtualClock(datetime(2026, 11, 30, 9, tzinfo=UTC))
    with closing(open_workspace(folder, clock=clock, environ={})) as workspace:
        sync(workspace, "northern-health")
        pods.propose(workspace, SCOPE)
        pods.accept(workspace, SCOPE)
        dates.propose(workspace, SCOPE)
        dates.accept(workspace, SCOPE)
        clock.move_to(datetime(2026, 12, 7, 9, tzinfo=UTC))
        go(workspace, SCOPE)


@pytest.fixture(scope="session")
def live_folder(tmp_path_factory: pytest.TempPathFactory, housed: Callable[[Path], Path]) -> Path:
    """Return a workspace whose programme went live on 7 December 2026; copied, never changed."""
    folder = tmp_path_factory.mktemp("live") / "workspace"
    initialise(folder, example="northern-health")
    prepare(housed(folder))
    return folder


@pytest.fixture
def opened() -> Iterator[Callable[[Path, datetime], World]]:
    """Open workspaces at an instant and close them afterwards."""
    kept: list[Workspace] = []

    def open_at(folder: Path, instant: datetime) -> World:
        clock = VirtualClock(instant)
        workspace = open_workspace(folder, clock=clock, environ={})
        kept.append(workspace)
        return World(workspace, clock)

    yield open_at
    for workspace in kept:
        workspace.close()


@pytest.fixture
def draft(tmp_path: Path, housed: Callable[[Path], Path], opened: Callable[[Path, datetime], World]) -> World:
    """Return a new workspace of the example, nothing read yet, on 30 November 2026."""
    folder = tmp_path / "draft"
    initialise(folder, example="northern-health")
    return opened(housed(folder), datetime(2026, 11, 30, 9, tzinfo=UTC))


@pytest.fixture
def live(
    tmp_path: Path,
    live_folder: Path,
    copied: Callable[[Path, Path], Path],
    opened: Callable[[Path, datetime], World],
) -> World:
    """Return a live programme of its own, at the moment it went live."""
    return opened(copied(live_folder, tmp_path / "live"), datetime(2026, 12, 7, 9, tzinfo=UTC))


@pytest.fixture
def calm(live: World) -> World:
    """Return a live programme without invites, so that forty welcomes are all that is due at first."""
    file = live.workspace.folder / "rulesets" / "northern-health.toml"
    off = '\n[programmes.primary-care.automations.invites]\nenabled = false\nreason = "not in this test"\n'
    file.write_text(file.read_text(encoding="utf-8") + off, encoding="utf-8")
    return live


@pytest.fixture
def held(
    tmp_path: Path,
    live: Any,
    duplicated: Callable[[Path, Path], Path],
    opened: Callable[[Path, datetime], Any],
) -> Any:
    """Return a copy of a live programme with mails to go out, two hours after they fell due."""
    tick(live.workspace)
    live.workspace.close()
    return opened(duplicated(live.workspace.folder, tmp_path / "held"), LIVE + timedelta(hours=2))
