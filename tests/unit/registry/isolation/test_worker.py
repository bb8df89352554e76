"""One child, seen from its parent."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from convener.errors import Delay, RetryError
from convener.registry.isolation.speech import Call, Recipe
from convener.registry.isolation.worker import Worker
from convener.testing import a_mail

pytestmark = pytest.mark.integration


def saying(text: str) -> Call:
    """Return the call that sends a message of that text."""
    return Call(port="messenger", method="send", arguments=(a_mail(text=text),))


@pytest.fixture
def worker(recipe: Callable[..., Recipe]) -> Iterator[Worker]:
    """Start a child."""
    started = Worker(recipe())
    yield started
    started.end()


def test_signals_to_the_service_are_not_for_the_child(worker: Worker) -> None:
    """A service manager tells every process to stop: the parent drains first, and then ends its children."""
    child = int(str(worker.ask(saying("work")).value))
    for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(child, sent)

    assert str(child) == worker.ask(saying("work")).value


def test_failpoints_are_for_the_parent(recipe: Callable[..., Recipe], monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 1: the parent makes the call; a child that died at one would look like a connector that broke."""
    monkeypatch.setenv("CONVENER_FAILPOINT", "registry.guard.GuardedMessenger.send:call")
    monkeypatch.setenv("CONVENER_FAILPOINT_JOURNAL", "journal")
    started = Worker(recipe())

    assert "none" == started.ask(saying("variables")).value
    started.end()


def test_a_connector_that_cannot_be_made_waits_for_a_person(recipe: Callable[..., Recipe], tmp_path: Path) -> None:
    """Fault 18: nothing went out, and the text of its exception, which may hold an address, stays inside."""
    (tmp_path / "broken").touch()

    with pytest.raises(RetryError) as caught:
        Worker(recipe())

    assert "connector 'x' cannot be started: LookupError" == str(caught.value)
    assert Delay.MISCONFIGURED is caught.value.delay


def test_what_no_pipe_can_carry_is_told(recipe: Callable[..., Recipe]) -> None:
    """A class that only this process knows cannot be made in another."""
    with pytest.raises(RetryError, match="connector 'x' cannot be started: "):
        Worker(recipe(make=lambda: None))


def test_an_ended_child_is_not_alive(worker: Worker) -> None:
    """Ending twice is ending once."""
    assert worker.alive()
    worker.kill()
    worker.end()

    assert not worker.alive()
