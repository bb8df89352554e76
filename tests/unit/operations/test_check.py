"""Checking a workspace."""

import pytest

from convener.errors import UsageError
from convener.operations.check import check
from convener.operations.rules import RuleBook
from convener.settings import load_settings


def test_the_example_has_no_problem(draft) -> None:
    """What `init` makes passes `check` (R29)."""
    assert () == check(draft.workspace.rules)


def test_a_misspelled_key_has_a_place_and_a_cure(draft) -> None:
    """`membres` is found at its line and column, with the right name (R29, P18)."""
    file = draft.workspace.folder / "rulesets" / "small-group-coaching.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('members = "75%"', 'membres = "75%"'), encoding="utf-8")
    line = text.splitlines().index('members = "75%"') + 1
    problems = check(draft.workspace.rules, "northern-health")
    found = next(problem for problem in problems if "membres" in problem.message)

    assert ("rulesets/small-group-coaching.toml", line, 1) == (found.place.file, found.place.line, found.place.column)
    assert "did you mean 'members'" in found.hint


def test_an_unknown_client_is_a_usage_error(draft) -> None:
    """Checking what does not exist names what does."""
    with pytest.raises(UsageError, match="no client"):
        check(draft.workspace.rules, "nobody")


def test_the_configuration_is_told_beside_the_rules(draft) -> None:
    """A plugin and a connector that cannot be used, at their lines, whatever client is asked for (R29)."""
    folder = draft.workspace.folder
    text = (folder / "config.toml").read_text(encoding="utf-8")
    odd = 'plugins = ["nowhere"]\n' + text + '\n[connectors.odd]\nplugin = "outbox"\nfoldr = "x"\n'
    (folder / "config.toml").write_text(odd, encoding="utf-8")
    problems = check(RuleBook.of(folder, load_settings(folder, {})), "northern-health")

    assert ["broken-plugin", "unknown-key"] == [problem.code for problem in problems]
    assert {"config.toml"} == {problem.place.file for problem in problems}
