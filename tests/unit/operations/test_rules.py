"""The one loader of rule files."""

from contextlib import closing

import pytest

from convener.errors import InvalidError, UsageError
from convener.operations.rules import RuleBook
from convener.runtime import open_workspace

SCOPE = "northern-health/primary-care"


def edit(world, old: str, new: str) -> None:
    """Change one piece of text in the client's rule file."""
    file = world.workspace.folder / "rulesets" / "northern-health.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_rules_are_read_once_until_a_file_changes(draft) -> None:
    """The daemon sees an edit at its next tick, and reads nothing twice."""
    rules = draft.workspace.rules
    first = rules.load("northern-health")
    same = rules.load("northern-health")
    edit(draft, 'title = "Primary care pilot"', 'title = "Primary care, year two"')

    assert first is same
    assert "Primary care, year two" == rules.ruleset(SCOPE).title


def test_a_connector_that_is_not_configured_is_a_problem(draft) -> None:
    """A stack that names nothing in config.toml is found before anything is sent (R29)."""
    edit(draft, 'email = "mail"', 'email = "post"')
    (problem,) = [p for p in draft.workspace.rules.load("northern-health").problems if p.code == "unknown-connector"]

    assert "'post'" in problem.message
    assert problem.place.line > 1
    assert "[connectors.post]" in problem.hint


def test_a_message_without_a_template_is_a_problem(draft) -> None:
    """An automation cannot send what nobody has written (R29)."""
    file = draft.workspace.folder / "rulesets" / "small-group-coaching.toml"
    text = file.read_text(encoding="utf-8").replace('send = "welcome"', 'send = "welcom"', 1)
    file.write_text(text, encoding="utf-8")
    codes = [problem.code for problem in draft.workspace.rules.load("northern-health").problems]

    assert ["unknown-message"] == codes


def test_a_template_that_cannot_be_read_is_a_problem(draft) -> None:
    """A client's own message with a slip in its syntax is found before anything is due (R29)."""
    folder = draft.workspace.folder / "templates" / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reminder.md.j2").write_text("Subject: Soon\n\nHello {{ recipient.first_name }\n", encoding="utf-8")
    with closing(open_workspace(draft.workspace.folder, environ={})) as workspace:
        (problem,) = workspace.rules.load("northern-health").problems

    assert ("template-syntax", "templates/messages/reminder.md.j2", 3) == (
        problem.code,
        problem.place.file,
        problem.place.line,
    )


def test_broken_rules_give_no_ruleset(draft) -> None:
    """What `check` refuses, no operation runs on (P15)."""
    edit(draft, "schema = 1", "schema = 1\nsurprise = true")
    with pytest.raises(InvalidError) as caught:
        draft.workspace.rules.ruleset(SCOPE)

    assert "surprise" in str(caught.value)


def test_an_unknown_programme_lists_those_there_are(draft) -> None:
    """A misspelled programme is a usage error."""
    with pytest.raises(UsageError) as caught:
        draft.workspace.rules.ruleset("northern-health/primary")

    assert "primary-care" in caught.value.hint


def test_a_workspaces_own_template_comes_beside_the_shipped_ones(draft) -> None:
    """A client's message is known by its name, and so are ours (R13)."""
    folder = draft.workspace.folder / "templates" / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "house-rules.md.j2").write_text("Subject: Ours\n\nHello.\n", encoding="utf-8")
    rules = RuleBook.of(draft.workspace.folder, draft.workspace.settings)

    assert {"house-rules", "reminder"} <= rules.renderer.names()
