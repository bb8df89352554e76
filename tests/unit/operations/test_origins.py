"""Where settings were written."""

from typing import Any

import pytest

from convener.errors import UsageError
from convener.operations.origins import documents_of, layers, origin_in_config, origin_in_rules

SCOPE = "northern-health/primary-care"
CLIENT = "rulesets/northern-health.toml"


@pytest.mark.parametrize(
    ("name", "value", "file"),
    [
        ("client.timezone", "Europe/London", CLIENT),
        ("stack.email", "mail", CLIENT),
        ("programme.title", "Primary care pilot", CLIENT),
        ("sponsors.Priya Nair", "priya.nair@northern.example", CLIENT),
        ("automations.remind.late", "send until session.starts", "rulesets/small-group-coaching.toml"),
        ("polls.agenda.closes", "10 days", CLIENT),
    ],
)
def test_a_setting_has_its_value_and_its_line(draft: Any, name: str, value: str, file: str) -> None:
    """P16: whatever table it is in."""
    workspace = draft.workspace
    found = origin_in_rules(workspace, workspace.rules.ruleset(SCOPE), name)
    line = (workspace.folder / file).read_text(encoding="utf-8").splitlines()[found.place.line - 1]

    assert (value, file) == (found.value, found.place.file)
    assert name.rpartition(".")[2] in line


def test_what_lower_layers_say_is_listed(draft: Any) -> None:
    """R27: later wins, and the earlier ones are still there to be read."""
    workspace = draft.workspace
    ruleset = workspace.rules.ruleset(SCOPE)
    found = origin_in_rules(workspace, ruleset, "rules.pod-size.min")

    assert (7, CLIENT) == (found.value, found.place.file)
    assert [(5, "rulesets/small-group-coaching.toml")] == [(value, place.file) for value, place in found.below]
    assert [] == layers(documents_of(workspace, ruleset), ruleset.programme, "nothing.like.it")


def test_a_setting_that_another_stands_in_for_says_so(draft: Any) -> None:
    """P18: a programme without a zone of its own has the client's."""
    workspace = draft.workspace
    found = origin_in_rules(workspace, workspace.rules.ruleset(SCOPE), "programme.timezone")

    assert ("Europe/London", "client.timezone") == (found.value, found.stands_in)


def test_settings_of_the_configuration_are_written_or_usual(draft: Any) -> None:
    """P19: whether everything is redirected, and by which line; a password in an address is not repeated."""
    workspace = draft.workspace
    config = workspace.folder / workspace.settings.file
    assert ("", None) == (
        (usual := origin_in_config(workspace, "redirect_all")).value,
        usual.place,
    )
    text = 'redirect_all = "me@house.example"\ndatabase = "postgresql://me:secret@host/db"\n'
    config.write_text(text, encoding="utf-8")

    assert ("me@house.example", 1) == (
        (found := origin_in_config(workspace, "redirect_all")).value,
        found.place.line,
    )
    assert "postgresql://…@host/db" == origin_in_config(workspace, "database").value


def test_a_name_that_nobody_wrote_has_a_nearest_one(draft: Any) -> None:
    """P18: in the rules and in the configuration."""
    workspace = draft.workspace

    with pytest.raises(UsageError) as caught:
        origin_in_rules(workspace, workspace.rules.ruleset(SCOPE), "client.timezon")
    assert "did you mean 'client.timezone'?" == caught.value.hint
    with pytest.raises(UsageError):
        origin_in_config(workspace, "connectors.mial")
