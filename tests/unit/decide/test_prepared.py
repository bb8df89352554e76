"""Preparing a ruleset."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convener.decide import decide, prepare
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


def test_a_channel_without_a_connector_is_skipped(world: Any) -> None:
    """R29: what the loader warns of is no error here; a client without text messages uses the shipped pack."""
    prepared = world.prepared(
        world.automation("participant.joined", world.step("send", "welcome", "email", "text")),
        stack={"email": ("mail",)},
    )
    joined = world.event("participant.joined", "lead", world.live, "ann")

    plan = decide(prepared, world.register(joined), world.live, world.live)

    assert [("ann", "email")] == [(dispatch.recipient, dispatch.channel) for dispatch in plan.dispatches]


def test_a_channel_nobody_knows_names_the_nearest(world: Any) -> None:
    """P18: a slip of the pen is an error, also where the stack is complete."""
    with pytest.raises(InvalidError) as caught:
        world.prepared(world.automation("participant.joined", world.step("send", "welcome", "emial")))

    assert [("unknown-channel", "did you mean 'email'?")] == [(p.code, p.hint) for p in caught.value.problems]


def test_what_nothing_raises_is_not_waited_for(world: Any) -> None:
    """P18: an automation that could never run is told, with what it could wait for."""
    with pytest.raises(InvalidError) as caught:
        world.prepared(world.automation("poll.answered"), world.automation("poll.opened", id="opened"))

    answered, opened = sorted(caught.value.problems, key=lambda problem: problem.message, reverse=True)
    assert {"never-raised"} == {answered.code, opened.code}
    assert "attendance.recorded" in answered.hint
    assert "'1 hour after poll.opened'" == opened.hint


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
