"""Connectors by name."""

import pytest

from convener.errors import PluginError
from convener.ports import Settlement
from convener.registry import Connectors
from convener.testing import MemoryMessenger, MemoryPolls, MemoryRoster, MemorySink, a_mail


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
