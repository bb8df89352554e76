"""From tables to connectors."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from convener.errors import InvalidError
from convener.registry import activate
from convener.testing import a_mail

RAISING = """
from convener import hookimpl
@hookimpl
def convener_register_connectors():
    raise RuntimeError("boom")
"""


def test_a_configured_plugin_runs(install: Callable[..., None], table: Any, tmp_path: Path) -> None:
    """Options reach the connector, and the workspace's sender where the table has none."""
    install("says", "stranger_says")

    configs = {"x": table(name="x", plugin="says")}

    with closing(activate(configs, tmp_path, defaults={"sender_name": "Ops"})) as connectors:
        assert "Ops says hello" == connectors.messenger("x").send(a_mail(text="hello"))


def test_only_named_plugins_are_imported(install: Callable[..., None], table: Any, tmp_path: Path) -> None:
    """An installed plugin that no table names stays outside."""
    install("wanted", "stranger_wanted")
    install("idle", "stranger_idle")

    activate({"x": table(name="x", plugin="wanted")}, tmp_path)

    assert "stranger_wanted" in sys.modules
    assert "stranger_idle" not in sys.modules


def test_a_broken_plugin_is_listed_and_the_rest_run(install: Callable[..., None], table: Any, tmp_path: Path) -> None:
    """P14: one plugin that raises, one that is absent, one that lacks a library; the sound one runs."""
    install("sound", "stranger_sound")
    install("raises", "stranger_raises", RAISING)
    install("lacks", "stranger_lacks", "import nobody_has_this")
    plugins = ("sound", "raises", "lacks", "absent")

    with closing(activate({name: table(name=name, plugin=name) for name in plugins}, tmp_path)) as connectors:
        assert {"raises", "lacks", "absent"} == set(connectors.broken)
        assert "RuntimeError: boom" in connectors.broken["raises"]
        assert connectors.messenger("sound").send(a_mail(text="x")).endswith("says x")


def test_a_connector_that_cannot_be_made_is_listed(install: Callable[..., None], table: Any, tmp_path: Path) -> None:
    """An exception in its constructor breaks that connector only, and its text stays inside."""
    source = """
from dataclasses import dataclass
from convener import Settlement, hookimpl
@dataclass(frozen=True)
class Settings:
    pass
class Stubborn:
    plugin, settings, settlement, deadline = "NAME", Settings, Settlement.ASK, 1.0
    def __init__(self, settings, workspace):
        raise LookupError("ana@northern.example")
@hookimpl
def convener_register_connectors():
    return [Stubborn]
"""
    install("stubborn", "stranger_stubborn", source)

    connectors = activate({"x": table(name="x", plugin="stubborn")}, tmp_path)

    assert connectors.broken["x"].startswith("plugin 'stubborn' cannot make connector 'x': LookupError")
    assert "ana@" not in connectors.broken["x"]


def test_wrong_options_of_all_connectors_come_together(table: Any, tmp_path: Path) -> None:
    """A configuration is wrong as a whole: every problem at once, by place."""
    configs = {
        "one": table(name="one", plugin="files", options={"foldr": "x"}),
        "two": table(name="two", plugin="smtp", options={"port": "many"}),
    }

    with pytest.raises(InvalidError) as caught:
        activate(configs, tmp_path)

    assert ["unknown-key", "wrong-value"] == sorted(problem.code for problem in caught.value.problems)


def test_two_connectors_may_share_a_plugin(table: Any, tmp_path: Path) -> None:
    """Mail and text messages may go into one outbox."""
    connectors = activate({name: table(name=name, plugin="outbox") for name in ("mail", "sms")}, tmp_path)

    assert ("mail", "sms") == connectors.names()
    assert {} == connectors.broken


@pytest.mark.parametrize(("said", "here"), [(None, False), (True, False), (False, True)])
def test_a_strangers_connector_works_elsewhere(
    where: str, table: Any, tmp_path: Path, *, said: bool | None, here: bool
) -> None:
    """Fault 19: what we did not write runs in a process of its own, unless its table says otherwise."""
    with closing(activate({"x": table(name="x", plugin=where, isolated=said)}, tmp_path)) as connectors:
        assert here == (str(os.getpid()) == connectors.messenger("x").send(a_mail()))


def test_our_own_work_here_unless_the_table_says_otherwise(table: Any, tmp_path: Path) -> None:
    """What ships with Convener keeps its deadlines by itself."""
    tables = {"mail": table(name="mail", plugin="outbox"), "sms": table(name="sms", plugin="outbox", isolated=True)}
    connectors = activate(tables, tmp_path)

    assert (False, True) == (connectors.isolated("mail"), connectors.isolated("sms"))


def test_the_table_of_a_connector_is_at_hand(table: Any, tmp_path: Path) -> None:
    """How many senders it has, and how many messages a minute it takes."""
    connectors = activate({"mail": table(name="mail", plugin="outbox", senders=2, per_minute=30)}, tmp_path)

    assert (2, 30) == (connectors.config("mail").senders, connectors.config("mail").per_minute)
