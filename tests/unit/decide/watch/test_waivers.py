"""Waivers that need a look."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide import decide, next_due
from convener.decide.watch.waivers import waiver_turns
from convener.model import Flag
from convener.rulesets.ruleset import Waiver

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)


def waiver(world: Any, **more: Any) -> Waiver:
    """Return a waiver of the pod's size over half a year."""
    made = Waiver(
        id="W-1", rule="pod-size", subject={"pod": world.pod}, reason="r", approved_by="ops",
        since=date(2027, 1, 4), until=date(2027, 6, 30), place=world.place,
    )  # fmt: skip
    return replace(made, **more)


def flags(world: Any, given: Waiver, *, least: int = 4, rule: Any = None) -> list[Flag]:
    """Return what is flagged while *given* is written, over a pod of three that should have *least*."""
    size = world.rule("pod-size", inflexible=False, min=least, target=least, max=6)
    prepared = world.prepared(rules=(rule or size,), waivers={given.id: given})
    return list(decide(prepared, world.register(), NOW, NOW).flags)


def test_a_waiver_that_lifts_something_for_long_is_silent(world: Any) -> None:
    """P17: it does what it is there for."""
    assert [] == flags(world, waiver(world))


def test_a_waiver_that_lifts_nothing_is_told_after_a_fortnight(world: Any) -> None:
    """P17: with the place it is written at and the command that shows it."""
    (idle,) = flags(world, waiver(world), least=3)

    assert ("low", "acme/lead/waivers/W-1/lead/north", "lead/north") == (idle.severity, idle.id, idle.subject)
    assert "waiver W-1 of rule pod-size (acme.toml:7:3) lifts nothing: the rule holds without it" == idle.text
    assert "convener explain rule pod-size lead/north --scope acme/lead" == idle.settle
    assert [] == flags(world, waiver(world, since=date(2027, 1, 20)), least=3)


def test_a_waiver_that_ends_soon_says_what_counts_again(world: Any) -> None:
    """P17: a week before, on the last day too."""
    (soon,) = flags(world, waiver(world, until=date(2027, 2, 1)))
    (today,) = flags(world, waiver(world, until=date(2027, 1, 25)))

    assert ("medium", True) == (
        soon.severity,
        soon.text.endswith("ends on 2027-02-01, and then this counts again: lead/north has 3 members, fewer than 4"),
    )
    assert "ends today" in today.text


def test_an_ended_waiver_leaves_the_plain_flag_and_its_name(world: Any) -> None:
    """P17: the breach goes on, and why it was quiet so long is told."""
    (plain,) = flags(world, waiver(world, until=date(2027, 1, 20)))

    assert "lead/north has 3 members, fewer than 4; its waiver W-1 ended on 2027-01-20 (acme.toml:7:3)" == plain.text


@pytest.mark.parametrize(
    "subject", [{"participant": "zoe@acme.example"}, {"pod": "other/south"}, {"session": "other/south/1"}]
)
def test_a_waiver_for_somebody_of_another_programme_is_none_of_ours(world: Any, subject: dict[str, str]) -> None:
    """P17: a client's waivers are told where they belong."""
    assert [] == flags(world, waiver(world, subject=subject), least=3)


def test_waivers_are_for_people_and_sessions_too(world: Any) -> None:
    """P17: by address, in any letter case, and by the session's id."""
    floor = world.rule("attendance-floor", inflexible=False, min="70%")
    person = waiver(world, rule="attendance-floor", subject={"participant": "ANN@acme.example"})
    window = world.rule("session-window", inflexible=False)
    session = waiver(world, rule="session-window", subject={"session": "lead/north/2"})

    assert ["ann@acme.example"] == [flag.subject for flag in flags(world, person, rule=floor)]
    assert ["lead/north/2"] == [flag.subject for flag in flags(world, session, rule=window)]


def test_what_cannot_be_measured_is_only_told_when_it_ends(world: Any) -> None:
    """P17: whether quiet hours were ever in the way, nobody can tell."""
    quiet = world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30"})
    given = waiver(world, rule="quiet-hours", subject={"participant": "ann@acme.example"})

    assert [] == flags(world, given, rule=quiet)
    assert ["low"] == [flag.severity for flag in flags(world, replace(given, until=date(2027, 1, 28)), rule=quiet)]


def test_a_waiver_wakes_whoever_decides_on_the_days_it_turns(world: Any) -> None:
    """P1: a flag that comes by a date alone is not late."""
    prepared = world.prepared(waivers={"W-1": waiver(world)}, rules=(world.rule("pod-size", min=1, target=2, max=9),))
    days = [turn.astimezone(UTC).date() for turn in waiver_turns(prepared.ruleset)]

    assert [date(2027, 1, 4), date(2027, 1, 18)] == days[:2]
    assert [date(2027, 6, 22), date(2027, 6, 30)] == days[2:]
    assert datetime(2027, 1, 18, tzinfo=UTC) == next_due(prepared, world.register(), datetime(2027, 1, 5, tzinfo=UTC))
