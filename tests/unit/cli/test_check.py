"""`convener check`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def broken(workspace: Path) -> Path:
    """Return *workspace* with one misspelled key in the pack."""
    pack = workspace / "rulesets" / "small-group-coaching.toml"
    pack.write_text(pack.read_text(encoding="utf-8").replace('members = "75%"', 'membres = "75%"'), encoding="utf-8")
    return workspace


def test_good_rules_are_well(convener: Callable[..., Any], workspace: Path) -> None:
    """Exit 0 when nothing is wrong."""
    done = convener("-w", workspace, "check")

    assert (0, "", "all is well\n") == (done.code, done.out, done.err)


def test_a_misspelled_key_is_shown_with_its_place(convener: Callable[..., Any], workspace: Path) -> None:
    """Exit 3, with file:line:column, the line, a caret and the nearest key (R29)."""
    done = convener("-w", broken(workspace), "check")
    first, line, caret, hint = done.out.splitlines()[:4]

    assert (3, '    membres = "75%"', "    ^") == (done.code, line, caret)
    assert first.startswith("rulesets/small-group-coaching.toml:60:1: error[unknown-key] ")
    assert hint == "    hint: did you mean 'members'?"
    assert "1 error, 0 warnings\n" == done.err


def test_json_has_the_designed_shape(convener: Callable[..., Any], workspace: Path) -> None:
    """The problems as data, on stdout, with the same exit code."""
    done = convener("--json", "-w", broken(workspace), "check", "acme")
    keys = ["code", "severity", "file", "line", "column", "message", "hint"]

    assert (3, keys) == (done.code, list(done.data["problems"][0]))


def test_no_database_is_made(convener: Callable[..., Any], workspace: Path) -> None:
    """Checking reads and touches nothing."""
    convener("-w", workspace, "check")

    assert not (workspace / "var").exists()


def test_an_unknown_client(convener: Callable[..., Any], workspace: Path) -> None:
    """A scope that does not exist is a usage error that names those that do."""
    done = convener("-w", workspace, "check", "nobody")

    assert (2, "error: there is no client 'nobody'\nhint: clients in rulesets/: acme\n") == (done.code, done.err)
