"""Telling how things are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.clock import VirtualClock
from convener.daemon.crew import Crew
from convener.daemon.ping import Ping
from convener.daemon.record import Record
from convener.daemon.telling import Telling
from convener.engines import Embedded
from convener.operations.health import HealthKeeper, read_health
from convener.operations.workspace import Workspace
from convener.settings import Settings

pytestmark = pytest.mark.integration


class Heard(Ping):
    """A switch that notes when it would ask, whatever the settings."""

    def __init__(self) -> None:
        self.rounds = 0

    def after_good_round(self, settings: Settings) -> None:
        """Note it."""
        self.rounds += 1


class Broken(Embedded):
    """An engine that leaves a connector alone."""

    def breakers(self) -> dict[str, str]:
        """Return one that is open, one that is tried and one that works."""
        return {"mail": "open", "sms": "half-open", "pages": "closed"}


@pytest.fixture
def room(workspace: Workspace) -> tuple[Telling, Record, Heard]:
    """Return what tells, what it tells of, and who hears of good rounds."""
    clock = VirtualClock(workspace.clock.now())
    record, heard = Record(clock), Heard()
    engine = Broken(workspace, owner="test")
    crew = Crew(workspace=workspace, engine=engine, record=record, crashed=lambda: None, after=lambda job: None)
    return Telling(record, HealthKeeper(workspace.folder, clock), heard, lambda: crew), record, heard


def test_a_round_is_good_when_it_was_decided_and_delivered(room: tuple[Telling, Record, Heard]) -> None:
    """A roster that cannot be read is no reason to wake anybody; a tick that fails is (P14)."""
    telling, record, heard = room
    rounds = []
    for job, well in (("tick", True), ("sync acme", False), ("deliver", True), ("tick", False), ("deliver", True)):
        record.well(job) if well else record.failed(job, "x")
        telling.after(job)
        rounds.append(heard.rounds)

    assert [0, 0, 1, 1, 1] == rounds


def test_a_daemon_that_is_held_has_no_good_rounds(room: tuple[Telling, Record, Heard]) -> None:
    """Nothing goes out, so somebody should look (fault 15)."""
    telling, record, heard = room
    record.well("deliver")
    record.well("tick")
    record.held = True
    telling.after("deliver")

    assert 0 == heard.rounds


def test_connectors_that_are_left_alone_are_told(
    room: tuple[Telling, Record, Heard], health: Callable[[], dict[str, Any]]
) -> None:
    """`today` has a line for each (R25)."""
    room[0].after("deliver")

    assert ("degraded", ["mail", "sms"]) == (health()["status"], health()["breakers"])


def test_only_the_first_daemon_of_a_workspace_writes_its_health(
    room: tuple[Telling, Record, Heard], folder: Path
) -> None:
    """Two would contradict each other."""
    telling, _, _ = room
    telling.is_first = False
    telling.after("tick")
    telling.end()

    assert read_health(folder) is None


def test_it_says_how_it_ended(room: tuple[Telling, Record, Heard], health: Callable[[], dict[str, Any]]) -> None:
    """A stopped daemon has nothing that is wrong."""
    telling, _, _ = room
    telling.after("tick")
    telling.end()

    assert ("stopped", []) == (health()["status"], health()["breakers"])


def test_nobody_at_work_has_nothing_to_tell(workspace: Workspace, folder: Path) -> None:
    """Between one configuration and the next."""
    clock = workspace.clock
    Telling(Record(clock), HealthKeeper(folder, clock), Heard(), lambda: None).after("tick")

    assert read_health(folder) is None
