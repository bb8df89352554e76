"""Preparing a ruleset."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convener.decide import decide, prepare
from convener.decide.moments.timing import Life
from convener.errors import InvalidError
from convener.model.facts import Fact
from convener.ports import Extensions, PluginFact
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


def test_ones_own_calendar_adds_to_the_clients(world: Any) -> None:
    """P12: Saint Patrick's for who keeps it, Easter Monday for all; a calendar nobody knows adds nothing."""
    prepared = prepare(world.ruleset())
    patrick, easter = date(2027, 3, 17), date(2027, 3, 29)

    own = prepared.closed(Life("Europe/London", "IE"))

    assert {patrick, easter} <= own
    assert patrick not in prepared.closed(Life("Europe/London"))
    assert prepared.holidays == prepared.closed(Life("Europe/London", "Atlantis"))


def test_conditions_may_speak_of_the_facts_of_plugins(world: Any) -> None:
    """R28: a fact that a plugin adds is one of the catalogue's; without the plugin it is unknown by name."""
    mood = PluginFact(
        fact=Fact(name="participant.mood", type="string", meaning="how they feel"),
        provide=lambda scene: "fine" if scene.person == "ann" else None,
    )
    ruleset = world.ruleset(world.automation("participant.joined", when=["participant.mood == 'fine'"]))
    joined = [world.event("participant.joined", "lead", world.live, who) for who in ("ann", "ben")]

    prepared = prepare(ruleset, Extensions(facts={"participant.mood": mood}))

    plan = decide(prepared, world.register(*joined), world.live, world.live)
    assert ["ann"] == [dispatch.recipient for dispatch in plan.dispatches]
    with pytest.raises(InvalidError):
        prepare(ruleset)


def test_a_problem_of_one_automation_says_whose_it_is(world: Any) -> None:
    """P14: a moment, a condition and a condition that is never true are the automation's own; the others could run."""
    bad = world.automation("every munday", id="moment")
    odd = world.automation("participant.joined", id="clause", when=("participant.activ",))
    dead = world.automation("session.held", id="dead", when=("session.number < 1",))

    with pytest.raises(InvalidError) as caught:
        world.prepared(bad, odd, dead)

    owners = {problem.owner for problem in caught.value.problems}
    assert {"automations.moment", "automations.clause", "automations.dead"} == owners


def test_what_is_only_odd_is_kept_as_a_warning(world: Any) -> None:
    """A condition that a longer programme could meet stops nobody."""
    prepared = world.prepared(world.automation("session.held", when=("session.number > 150",)))

    assert [("never-true", "warning")] == [(each.code, str(each.severity)) for each in prepared.warnings]
    assert 1 == len(prepared.automations)
