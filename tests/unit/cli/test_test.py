"""`convener test`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TESTS = """\
schema = 1

[given]
now = "Mon 2027-01-11 08:00"
sessions = { 1 = "Tue 2027-01-19 09:00" }

[[tests]]
name = "a reminder two working days before"
of = "remind"
until = "Tue 2027-01-19 09:00"
sent = [{ to = ["ann", "ben", "cat"], at = "Fri 2027-01-15 09:00" }]
"""
OWN = """
[automations.nudge]
on = "1 working day before session.starts, at 09:00"
for_each = "participant"
when = ["session.number <= 2"]
do = { send = "reminder", via = ["email"] }
"""


@pytest.fixture
def tested(workspace: Path) -> Path:
    """Return a workspace with one test of the client's rules."""
    (workspace / "rulesets" / "acme.test.toml").write_text(TESTS, encoding="utf-8")
    return workspace


def changed(workspace: Path, old: str, new: str) -> Path:
    """Return *workspace* with its test changed."""
    (workspace / "rulesets" / "acme.test.toml").write_text(TESTS.replace(old, new), encoding="utf-8")
    return workspace


def test_tests_that_pass_say_so(convener: Callable[..., Any], tested: Path) -> None:
    """Exit 0, nothing on stdout (N2)."""
    done = convener("-w", tested, "test")

    assert (0, "", "rulesets/acme.test.toml: 1 test, all pass\n") == (done.code, done.out, done.err)


def test_a_failure_shows_the_line_what_came_instead_and_why(convener: Callable[..., Any], tested: Path) -> None:
    """Exit 1; the expectation with its place and a caret, and the reason of what is missing (P16)."""
    done = convener("-w", changed(tested, '"cat"]', '"cat", "mia"]'), "test", "acme")

    assert (1, "rulesets/acme.test.toml: 1 test, 1 failed\n") == (done.code, done.err)
    assert "rulesets/acme.test.toml:7:3: failed: a reminder two working days before" == done.out.splitlines()[0]
    assert "    rulesets/acme.test.toml:11:9:" == done.out.splitlines()[1]
    assert "expected and not there: remind to mia, at Fri 2027-01-15 09:00" in done.out
    assert "why: not_matched" in done.out


def test_a_wrong_file_is_told_with_places(convener: Callable[..., Any], tested: Path) -> None:
    """Exit 3, with the line, a caret and the nearest name (P18)."""
    done = convener("-w", changed(tested, 'of = "remind"', 'of = "remnid"'), "test")

    assert 3 == done.code
    assert "rulesets/acme.test.toml:9:6: error[unknown-automation-or-rule]" in done.out
    assert "hint: did you mean 'remind'?" in done.out
    assert 3 == convener("-w", tested, "check").code


def test_what_is_not_tested_is_listed(convener: Callable[..., Any], tested: Path) -> None:
    """An automation of the client's own that no test is of comes as never considered."""
    rules = tested / "rulesets" / "acme.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    done = convener("-w", tested, "test", "--coverage")

    assert (0, "rulesets/acme.test.toml: 1 test, all pass, 0 % covered\n") == (done.code, done.err)
    assert "nudge" in done.out
    assert "never" in done.out


def test_a_survivor_is_named(convener: Callable[..., Any], tested: Path) -> None:
    """Exit 1 with --mutate, with place, line and hint."""
    rules = tested / "rulesets" / "acme.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    done = convener("-w", tested, "test", "--mutate")

    assert 1 == done.code
    assert "no test sees this change: nudge: session.number < 2" in done.out
    assert "not seen" in done.err


def test_json_has_everything(convener: Callable[..., Any], tested: Path) -> None:
    """Tests with their failures, coverage and mutation as data."""
    done = convener("--json", "-w", tested, "test", "--coverage", "--mutate")
    suite = done.data["suites"][0]

    assert ["name", "file", "problems", "tests", "coverage", "mutation"] == list(suite)
    assert (True, 100) == (suite["tests"][0]["passed"], suite["coverage"]["percent"])
    assert {"mutants", "killed", "percent", "explained", "survivors"} == set(suite["mutation"])


def test_an_unknown_name_is_a_usage_error(convener: Callable[..., Any], tested: Path) -> None:
    """Exit 2, with the nearest name."""
    done = convener("-w", tested, "test", "acne")

    assert (2, True) == (done.code, "did you mean 'acme'?" in done.err)
