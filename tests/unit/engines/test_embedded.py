"""The engine of one process."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.engines import Embedded
from convener.operations import pods
from convener.operations.delivery import Sent
from convener.operations.go import go
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace


@pytest.fixture
def workspace(folder: Path, housed: Callable[[Path], Path], live_at: VirtualClock) -> Iterator[Workspace]:
    """Give a workspace that nothing was brought into."""
    with closing(open_workspace(housed(folder), clock=live_at, environ={})) as workspace:
        yield workspace


def test_it_does_everything_a_daemon_wants(workspace: Workspace) -> None:
    """Rosters are read, what is due is decided and sent, once, and whoever measures hears of each (N5)."""
    heard: list[Sent] = []
    with closing(Embedded(workspace, owner="test", observe=heard.append)) as engine:
        synced = engine.sync("acme")
        pods.propose(workspace, "acme/first")
        pods.accept(workspace, "acme/first")
        go(workspace, "acme/first")
        planned = len(engine.tick().planned)
        sent = [engine.deliver().sent, engine.deliver().sent]
        engine.housekeep()

    assert 3 == len(synced.created)
    assert planned > 0
    assert ([planned, 0], planned) == (sent, len(heard))
    assert {"closed"} == set(engine.breakers().values()) | {"closed"}


def test_a_halted_one_begins_nothing_new(workspace: Workspace, ready: Callable[..., None]) -> None:
    """What was not begun stays ready."""
    ready(workspace, 3)
    with closing(Embedded(workspace, owner="test")) as engine:
        engine.halt()
        sent = engine.deliver().sent

    assert 0 == sent


def test_one_client_through_one_connector(workspace: Workspace, ready: Callable[..., None]) -> None:
    """A job of the queue takes one batch of one lane."""
    ready(workspace, 5)
    ready(workspace, 2, "other")
    with closing(Embedded(workspace, owner="test")) as engine:
        sent = [engine.deliver(client="acme", connector="mail", limit=3).sent for _ in range(3)]

    assert [3, 2, 0] == sent
