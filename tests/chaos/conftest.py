"""What the quick part of the proof rig stands on: a nursery of commands, and ground for worlds on either database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from tests.chaos.commands import Commands, Crew, commands
from tests.chaos.ground import Ground, PutUp, Stage
from tests.chaos.servers import Server, postgresql
from tests.chaos.world import Base, Wire, World


@pytest.fixture(scope="session")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Run commands in a nursery."""
    with commands(tmp_path_factory.mktemp("hands")) as nursery:
        yield nursery


@pytest.fixture(scope="session")
def crew(hands: Commands) -> Crew:
    """Give one pair of hands as a crew."""
    return Crew([hands])


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str) -> Ground:
    """Give ground for worlds on both databases."""
    return Ground(tmp_path_factory.mktemp("ground") / "worlds", postgresql_server)


@pytest.fixture
def put_up(ground: Ground, hands: Commands) -> PutUp:
    """Put worlds up: `put_up(base, wire)`, live unless another stage is named."""

    def one(base: Base, wire: Wire, stage: Stage = Stage.LIVE) -> AbstractContextManager[World]:
        return ground.world(base, wire, hands, stage=stage)

    return one


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """Run a PostgreSQL server that a test may stop."""
    with postgresql() as server:
        yield server
