"""Rules with one small change."""

import pytest

from convener.errors import InvalidError
from convener.operations.scenarios.mutants import Workshop


@pytest.fixture
def shop(bench) -> Workshop:
    """Return what changes the small pack."""
    suite = bench.suite(bench.reminded)
    return Workshop(suite.prepared, suite.rules)


def test_one_automation_changes_and_nothing_else(shop) -> None:
    """The others are the very same."""
    made = shop.with_automation("remind", for_each="manager")
    before = {each.automation.id: each for each in shop.prepared.automations}
    after = {each.automation.id: each for each in made.automations}

    assert ("manager", True) == (after["remind"].automation.for_each, before["toolkit"] is after["toolkit"])
    assert "manager" == made.ruleset.automations["remind"].for_each


def test_what_cannot_be_written_is_no_mutant(shop) -> None:
    """`check` would refuse it."""
    with pytest.raises(InvalidError):
        shop.with_automation("remind", on="never")


def test_an_automation_is_switched_off(shop) -> None:
    """It is gone everywhere."""
    made = shop.without_automation("remind")

    assert ["toolkit"] == list(made.ruleset.automations) == [each.automation.id for each in made.automations]


def test_one_rule_changes(shop) -> None:
    """The others stay."""
    made = shop.with_rule("gap", inflexible=False)

    assert (False, 3) == (made.ruleset.rules["gap"].inflexible, len(made.ruleset.rules))
