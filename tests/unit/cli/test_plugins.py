"""`convener plugins`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_built_ins_are_listed_with_their_users(convener: Callable[..., Any], workspace: Path) -> None:
    """Each installed plugin, and the connectors that use it."""
    plugins = {
        plugin["name"]: plugin for plugin in convener("-w", workspace, "plugins", "list", "--json").data["plugins"]
    }

    assert {"files", "outbox", "reports", "smtp"} <= set(plugins)
    assert ["mail", "sms"] == plugins["outbox"]["connectors"]


def test_a_plugin_that_rules_may_use_says_so(convener: Callable[..., Any], workspace: Path) -> None:
    """Named in `plugins`; whether it can be used is for `doctor` to say."""
    config = workspace / "config.toml"
    config.write_text('plugins = ["files"]\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    plugins = convener("-w", workspace, "plugins", "list", "--json").data["plugins"]

    assert ["files"] == [plugin["name"] for plugin in plugins if plugin["rules"]]


def test_outside_a_workspace_too(convener: Callable[..., Any], tmp_path: Path) -> None:
    """What is installed can be listed anywhere."""
    done = convener("-w", tmp_path, "plugins", "list")

    assert (0, True) == (done.code, "outbox" in done.out)
