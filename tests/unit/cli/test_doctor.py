"""`convener doctor`."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from convener.cli.doctor import file_system
from convener.clock import VirtualClock
from convener.errors import Place, Problem
from convener.operations.health import HealthKeeper
from convener.operations.rules import Reloaded

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


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


def found_of_daemon(convener: Callable[..., Any], workspace: Path) -> tuple[bool, str]:
    """Return what the doctor finds of the daemon."""
    checks = convener("-w", workspace, "doctor", "--json").data["checks"]
    return next((each["ok"], each["text"]) for each in checks if each["name"] == "daemon")


def test_a_daemon_that_stopped_as_it_should_is_well(convener: Callable[..., Any], workspace: Path) -> None:
    """Since when it stands still."""
    HealthKeeper(workspace, VirtualClock(NOON)).stop()

    assert (True, "stopped since 2027-03-01 12:00 UTC") == found_of_daemon(convener, workspace)


def test_a_daemon_that_died_is_found(convener: Callable[..., Any], workspace: Path) -> None:
    """It said it was well and holds no lock any more."""
    HealthKeeper(workspace, VirtualClock(NOON)).tell(Reloaded(), {})
    ok, text = found_of_daemon(convener, workspace)

    assert (False, True) == (ok, text.startswith("gone without a word; it was ok since 2027-03-01 12:00 UTC"))


def test_a_degraded_daemon_says_where(convener: Callable[..., Any], workspace: Path) -> None:
    """The place of each problem, and the jobs that fail."""
    problem = Problem(code="unknown-key", message="x", place=Place("rulesets/acme.toml", 4, 2))
    HealthKeeper(workspace, VirtualClock(NOON)).tell(Reloaded(refused={"acme": (problem,)}), {"sync acme": 3})
    with FileLock(workspace / "var" / "daemon.lock"):
        ok, text = found_of_daemon(convener, workspace)

    assert not ok
    assert "acme at rulesets/acme.toml:4:2 (unknown-key); job sync acme failed 3 times in a row" in text


def test_a_plugin_for_rules_that_cannot_be_used_is_broken(convener: Callable[..., Any], workspace: Path) -> None:
    """Named in `plugins` and not there."""
    config = workspace / "config.toml"
    config.write_text('plugins = ["nowhere"]\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    checks = {each["name"]: each for each in convener("-w", workspace, "doctor", "--json").data["checks"]}

    assert not checks["rules of plugin nowhere"]["ok"]
    assert "no plugin 'nowhere'" in checks["rules of plugin nowhere"]["text"]


def test_a_database_that_is_held_is_found(convener: Callable[..., Any], sqlite_live: Path, tmp_path: Path) -> None:
    """Why nothing goes out of it, and what to do about it (fault 15)."""
    shutil.copytree(sqlite_live, tmp_path / "copy")
    checks = {each["name"]: each for each in convener("-w", tmp_path / "copy", "doctor", "--json").data["checks"]}

    assert not checks["database"]["ok"]
    assert "it may be a copy" in checks["database"]["text"]
    assert "convener db adopt" in checks["database"]["text"]


def test_a_network_file_system_is_warned_of() -> None:
    """It may go well for long; on this machine's own disk nothing is said."""
    (finding,) = file_system("nfs4")

    assert (True, True) == (finding.ok, finding.text.startswith("WARNING: nfs4, a network file system"))
    assert [] == list(file_system(""))
