"""What a higher layer may change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.errors import Problem
from convener.rulesets import load_client

Write = Callable[..., Path]


def problems(folder: Path) -> tuple[Problem, ...]:
    """Return the problems of the client `harbour`."""
    return load_client(folder, "harbour").problems


def test_an_inflexible_rule_cannot_be_changed_and_both_places_are_named(write: Write) -> None:
    """The refusal says where the rule was set and where it was to be changed (R27)."""
    (problem,) = problems(write('[rules.gap]\nmin = "1 day"\nreason = "We are in a hurry."\n'))

    assert "inflexible-override" == problem.code
    assert "rulesets/harbour.toml:17:1" == str(problem.place)
    assert "rulesets/base.toml:9:1" in problem.message
    assert "rulesets/base.toml:10:1" in problem.message


@pytest.mark.parametrize(
    "keys",
    [
        "enabled = false", 'flexibility = "flexible"', 'kind = "notice"', "weight = 3", 'max = "60 days"',
        'stage = "audit"',
    ],
)  # fmt: skip
def test_no_key_of_an_inflexible_rule_changes(write: Write, keys: str) -> None:
    """R27: switching off, softening and putting on trial are changes too, and both places are named."""
    folder = write(f'[programmes.pilot.rules.gap]\n{keys}\nreason = "Please."\n')

    (problem,) = problems(folder)

    assert ("inflexible-override", "rulesets/harbour.toml:17:1") == (problem.code, str(problem.place))
    assert "rulesets/base.toml:9:1" in problem.message


def test_saying_the_same_again_changes_nothing(write: Write) -> None:
    """A key repeated with its value, or another explanation, is no override."""
    folder = write('[rules.gap]\nmin = "10 days"\nwhy = "As agreed with the client."\n')

    assert () == problems(folder)


def test_a_flexible_rule_changes_with_a_reason(write: Write) -> None:
    """The reason becomes the rule's own."""
    loaded = load_client(write('[rules.size]\nmax = 8\nreason = "A large set."\n'), "harbour")

    assert () == loaded.problems
    assert "A large set." == loaded.rulesets[0].rules["size"].why


@pytest.mark.parametrize("keys", ["max = 8", "enabled = false", "weight = 3", 'max = 8\nreason = ""'])
def test_a_flexible_rule_does_not_change_without_a_reason(write: Write, keys: str) -> None:
    """Every departure from a pack is explained."""
    (problem,) = problems(write(f"[rules.size]\n{keys}\n"))

    assert ("reason-missing", 'add reason = "…" to this table') == (problem.code, problem.hint)


def test_a_flexible_rule_may_become_inflexible_and_then_stays(write: Write) -> None:
    """A client tightens a pack's rule; its programme cannot loosen it again."""
    client = '[rules.size]\nflexibility = "inflexible"\nmax = 8\nreason = "Agreed."\n'
    programme = '[programmes.pilot.rules.size]\nmax = 9\nreason = "One more."\n'

    assert () == problems(write(client))
    assert ["inflexible-override"] == [problem.code for problem in problems(write(client + programme))]


def test_a_rule_never_becomes_another_kind(write: Write) -> None:
    """The same name means the same kind in every layer."""
    (problem,) = problems(write('[rules.size]\nkind = "quorum"\nreason = "Other."\n'))

    assert ("kind-changed", "rulesets/harbour.toml:17:8") == (problem.code, str(problem.place))


def test_a_switched_off_rule_is_gone(write: Write) -> None:
    """A flexible rule switched off with a reason is not in the ruleset."""
    loaded = load_client(write('[rules.size]\nenabled = false\nreason = "Any size will do."\n'), "harbour")

    assert "size" not in loaded.rulesets[0].rules


def test_an_automation_is_changed_key_by_key(write: Write) -> None:
    """What a client does not say stays as the pack has it, and needs no reason."""
    loaded = load_client(write('[automations.welcome]\non = "1 day after participant.joined"\n'), "harbour")

    automation = loaded.rulesets[0].automations["welcome"]

    assert ("1 day after participant.joined", "participant") == (automation.on, automation.for_each)


def test_an_automation_is_switched_off_with_a_reason(write: Write) -> None:
    """Silence is explained; the cure is in the automation alone (P14)."""
    found = problems(write("[automations.welcome]\nenabled = false\n"))

    assert [("reason-missing", "automations.welcome")] == [(each.code, each.owner) for each in found]
