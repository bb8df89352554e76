"""Preparing a ruleset."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convener.decide import prepare
from convener.errors import InvalidError
from convener.rulesets.loader import load_client

ROOT = Path(__file__).resolve().parents[3]


def test_everything_wrong_is_told_at_once_with_place_and_cure(world: Any) -> None:
    """R29: moment, lateness, clause, channel, poll and recipient are all checked before anything runs."""
    automation = world.automation(
        "session.stars",
        world.step("send", "x", "emial"),
        world.step("poll", "availabilty"),
        late="sometimes",
        when=["sesion.number > 1"],
        for_each="pod",
    )

    with pytest.raises(InvalidError) as caught:
        world.prepared(automation)

    codes = {problem.code for problem in caught.value.problems}
    assert {"bad-moment", "bad-late", "unknown-fact", "unknown-channel", "unknown-poll", "no-recipient"} == codes
    assert {world.place.file} == {problem.place.file for problem in caught.value.problems}


def test_conditions_of_require_rules_are_checked_too(world: Any) -> None:
    """P15: a condition is a condition, in an automation and in a rule."""
    rule = world.rule("require", each="participant", require="manager.knwn")

    with pytest.raises(InvalidError) as caught:
        world.prepared(rules=(rule,))

    assert ["did you mean 'manager.known'?"] == [problem.hint for problem in caught.value.problems]


@pytest.mark.parametrize("client", ["northern-health", "brightwater"])
def test_the_example_clients_are_understood_whole(client: str) -> None:
    """Every automation of the examples can be decided over."""
    loaded = load_client(ROOT, client)

    (ruleset,) = loaded.rulesets
    assert list(ruleset.automations) == [made.automation.id for made in prepare(ruleset).automations]


def test_holidays_are_the_clients(world: Any) -> None:
    """A client without a calendar has none."""
    assert frozenset() == prepare(replace(world.ruleset(), holidays="")).holidays
