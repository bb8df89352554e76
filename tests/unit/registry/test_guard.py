"""Between the core and a connector."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convener.errors import AmbiguousError, ConnectorError, DataError, PermanentError, RetryError
from convener.ports import Publication
from convener.registry.guard import GuardedMessenger, GuardedPolls, GuardedRoster, GuardedSink
from convener.testing import MemoryMessenger, MemoryPolls, MemoryRoster, MemorySink, a_mail


def raising(error: BaseException) -> Any:
    """Return a connector whose every call raises *error*."""

    def fail(*arguments: object) -> None:
        raise error

    return SimpleNamespace(send=fail, read_roster=fail, read_coaches=fail, read_availability=fail, publish=fail)


def test_what_works_passes_through() -> None:
    """A guard adds nothing to a connector that works."""
    roster, polls, sink = MemoryRoster(), MemoryPolls(), MemorySink()
    publication = Publication(client="c", programme="p", name="n", as_of=date(2027, 1, 1), files={"html": b""})

    assert "memory: 1" == GuardedMessenger("mail", MemoryMessenger()).send(a_mail())
    assert None is GuardedRoster("files", roster).read_coaches()
    assert None is GuardedPolls("web", polls).read_availability("c", "p")
    assert "memory:c/p/n/2027-01-01" == GuardedSink("pages", sink).publish(publication)


@pytest.mark.parametrize("error", [PermanentError("no"), RetryError("later"), AmbiguousError("perhaps")])
def test_an_error_of_ours_is_kept(error: ConnectorError) -> None:
    """What a connector classified itself stays as it is."""
    with pytest.raises(type(error)) as caught:
        GuardedMessenger("mail", raising(error)).send(a_mail())

    assert error is caught.value


@pytest.mark.parametrize("surprise", [KeyError("ana@northern.example"), SystemExit(1), OSError(5, "ana")])
def test_a_surprise_while_sending_is_ambiguous(surprise: BaseException) -> None:
    """P14: an unknown exception ends one dispatch, and its text, which may hold an address, is not repeated."""
    with pytest.raises(AmbiguousError) as caught:
        GuardedMessenger("mail", raising(surprise)).send(a_mail())

    assert f"connector 'mail' broke: {type(surprise).__name__}" == str(caught.value)


def test_a_missing_library_while_sending_is_for_later() -> None:
    """A library that is not installed has sent nothing."""
    surprise = ModuleNotFoundError("no module", name="gspread")

    with pytest.raises(RetryError, match="needs gspread, which is not installed"):
        GuardedMessenger("chat", raising(surprise)).send(a_mail())


def test_a_surprise_while_reading_is_a_connector_error() -> None:
    """Reading and publishing cannot be half done for others; they failed."""
    broken = raising(ZeroDivisionError())
    publication = Publication(client="c", programme="p", name="n", as_of=date(2027, 1, 1), files={})

    for call in (
        lambda: GuardedRoster("x", broken).read_roster("a.csv"),
        lambda: GuardedRoster("x", broken).read_coaches(),
        lambda: GuardedPolls("x", broken).read_availability("c", "p"),
        lambda: GuardedSink("x", broken).publish(publication),
    ):
        with pytest.raises(ConnectorError, match="connector 'x' broke: ZeroDivisionError"):
            call()


def test_a_data_error_is_kept() -> None:
    """What is wrong with a file is told in the reader's words."""
    with pytest.raises(DataError, match=str(Path("a.csv"))):
        GuardedRoster("x", MemoryRoster()).read_roster("a.csv")


def test_an_interrupt_is_not_held_up() -> None:
    """A person who stops the run is obeyed."""
    with pytest.raises(KeyboardInterrupt):
        GuardedMessenger("mail", raising(KeyboardInterrupt())).send(a_mail())
