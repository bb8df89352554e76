"""`convener doctor`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_sound_workspace(convener: Callable[..., Any], workspace: Path) -> None:
    """Everything is looked at and well."""
    done = convener("-w", workspace, "doctor", "--json")
    names = {check["name"] for check in done.data["checks"]}

    assert (0, True) == (done.code, all(check["ok"] for check in done.data["checks"]))
    assert {"convener", "python", "configuration", "rules", "database", "connector mail", "plugin smtp"} <= names


def test_a_broken_part_does_not_hide_the_others(convener: Callable[..., Any], workspace: Path) -> None:
    """A rule file with an error is one finding; the database is looked at all the same."""
    (workspace / "rulesets" / "acme.toml").write_text("colour = 1\n[client]\n", encoding="utf-8")
    done = convener("-w", workspace, "doctor", "--json")
    found = {check["name"]: check["ok"] for check in done.data["checks"]}

    assert (1, False, True) == (done.code, found["rules"], found["database"])


def test_outside_a_workspace(convener: Callable[..., Any], tmp_path: Path) -> None:
    """Without a configuration it says so and goes no further."""
    done = convener("-w", tmp_path, "doctor")

    assert (1, True) == (done.code, "is not a workspace" in done.out)
