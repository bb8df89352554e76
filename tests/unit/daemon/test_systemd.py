"""What systemd is told."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.daemon.systemd import Notifier

CLOCK = VirtualClock(datetime(2027, 1, 18, tzinfo=UTC))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[socket.socket]:
    """Listen as systemd does."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(10)
        yield listening


def test_it_is_told_how_the_service_is(service: socket.socket) -> None:
    """In the words of sd_notify(3)."""
    notifier = Notifier(CLOCK, {"NOTIFY_SOCKET": service.getsockname()})
    for tell in (notifier.ready, notifier.reloading, notifier.alive, notifier.stopping):
        tell()
    said = [service.recv(4096).decode() for _ in range(4)]

    assert ["READY=1", "WATCHDOG=1", "STOPPING=1"] == [said[0], *said[2:]]
    assert ["RELOADING=1", f"MONOTONIC_USEC={int(CLOCK.steady())}000000"] == said[1].splitlines()


def test_an_abstract_socket_is_one_too() -> None:
    """Containers hand on addresses that begin with an @."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind("")  # a name of the kernel's own choice
        listening.settimeout(10)
        Notifier(CLOCK, {"NOTIFY_SOCKET": "@" + listening.getsockname()[1:].decode()}).ready()

        assert b"READY=1" == listening.recv(64)


def test_elsewhere_nobody_is_told() -> None:
    """Neither without a socket nor when it is gone."""
    Notifier(CLOCK, {}).ready()
    Notifier(CLOCK, {"NOTIFY_SOCKET": "/nowhere/at/all"}).ready()


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0.0),
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "me"}, 0.0),
    ],
)
def test_signs_of_life_are_given_as_often_as_they_are_wanted(environ: dict[str, str], seconds: float) -> None:
    """And by the process they are wanted of."""
    assert seconds == Notifier(CLOCK, {"NOTIFY_SOCKET": "/nowhere", **environ}).watchdog


def test_without_a_socket_there_is_no_watchdog() -> None:
    """Nobody would hear."""
    assert not Notifier(CLOCK, {"WATCHDOG_USEC": "30000000"}).watchdog
