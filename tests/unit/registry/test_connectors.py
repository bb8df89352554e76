"""Connectors by name."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from convener.errors import PluginError
from convener.ports import Settlement
from convener.registry import Connectors, activate
from convener.testing import MemoryLookup, MemoryMessenger, MemoryPolls, MemoryRoster, MemorySink, a_mail


def test_each_port_is_reached_by_name() -> None:
    """A connector is handed out as the port it serves."""
    mail = MemoryMessenger()
    connectors = Connectors({"mail": mail, "who": MemoryRoster(), "web": MemoryPolls(), "pages": MemorySink()}, {})

    connectors.messenger("mail").send(a_mail())

    assert 1 == len(mail.sent)
    assert None is connectors.roster("who").read_coaches()
    assert None is connectors.polls("web").read_availability("c", "p")
    assert connectors.sink("pages").publish


def test_policy_and_deadline_are_the_connectors_own() -> None:
    """The core asks the class, not a table of its own."""
    connectors = Connectors({"mail": MemoryMessenger()}, {})

    assert (Settlement.SAME_ID, 1.0, "memory") == (
        connectors.settlement("mail"),
        connectors.deadline("mail"),
        connectors.plugin("mail"),
    )


def test_names_include_the_broken() -> None:
    """What is configured is listed, working or not."""
    assert ("chat", "mail") == Connectors({"mail": MemoryMessenger()}, {"chat": "needs apprise"}).names()


def test_a_broken_connector_says_why() -> None:
    """Asking for it repeats the cause and the cure."""
    with pytest.raises(PluginError, match="connector 'chat' cannot be used: needs apprise"):
        Connectors({}, {"chat": "needs apprise"}).messenger("chat")


def test_an_unknown_connector_lists_the_configured() -> None:
    """A name that stands in no table is told with those that do."""
    with pytest.raises(PluginError, match="no connector 'fax'; configured: mail"):
        Connectors({"mail": MemoryMessenger()}, {}).messenger("fax")


@pytest.mark.parametrize("port", ["roster", "polls", "sink"])
def test_a_connector_of_another_kind_is_refused(port: str) -> None:
    """A messenger is no roster: the message names connector, plugin and work."""
    connectors = Connectors({"mail": MemoryMessenger()}, {})

    with pytest.raises(PluginError, match=r"connector 'mail' \(plugin 'memory'\) cannot"):
        getattr(connectors, port)("mail")


def test_a_source_is_no_messenger() -> None:
    """The other way round as well."""
    with pytest.raises(PluginError, match="cannot send messages"):
        Connectors({"who": MemoryRoster()}, {}).messenger("who")


class Tired(MemoryMessenger):
    """Counts how often it rested."""

    rests = 0

    def rest(self) -> None:
        """Rest, and fail at it."""
        self.rests += 1
        raise OSError("the line is gone")


def test_every_connector_rests_whatever_happens_to_one() -> None:
    """P14: one that fails to let go does not keep another from it; one that holds nothing is left alone."""
    tired, other = Tired(), Tired()
    connectors = Connectors({"a": tired, "b": MemoryMessenger(), "c": other}, {})
    connectors.rest()
    connectors.close()

    assert (2, 2) == (tired.rests, other.rests)


def test_who_can_be_asked_what_arrived() -> None:
    """N5: one that settles by lookup is asked behind its guard; another is not asked."""
    connectors = Connectors({"mail": MemoryLookup(), "other": MemoryMessenger(), "pages": MemorySink()}, {})
    lookup = connectors.lookup("mail")
    connectors.messenger("mail").send(a_mail())

    assert lookup is not None
    assert (True, False) == (lookup.arrived(a_mail().message_id), lookup.arrived("<never@x>"))
    assert (None, None) == (connectors.lookup("other"), connectors.lookup("pages"))


def test_a_connector_that_hung_is_isolated_for_good(where: str, table: Any, tmp_path: Path) -> None:
    """Fault 19: from then on each call is made in a process that can be ended; the thread that hangs stays behind."""
    with closing(activate({"x": table(name="x", plugin=where, isolated=False)}, tmp_path)) as connectors:
        before = connectors.deadline("x")
        assert str(os.getpid()) == connectors.messenger("x").send(a_mail())
        assert connectors.isolate("x")
        assert connectors.isolate("x")
        assert str(os.getpid()) != connectors.messenger("x").send(a_mail())
        assert connectors.isolated("x")
        assert connectors.deadline("x") > before


def test_a_connector_without_a_table_cannot_be_isolated() -> None:
    """Nobody knows how to make another; it goes on where it is, with the usual pace."""
    connectors = Connectors({"mail": MemoryMessenger()}, {})

    assert not connectors.isolate("mail")
    assert (4, 0) == (connectors.config("mail").senders, connectors.config("mail").per_minute)
