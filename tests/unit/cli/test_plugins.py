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


def test_outside_a_workspace_too(convener: Callable[..., Any], tmp_path: Path) -> None:
    """What is installed can be listed anywhere."""
    done = convener("-w", tmp_path, "plugins", "list")

    assert (0, True) == (done.code, "outbox" in done.out)
