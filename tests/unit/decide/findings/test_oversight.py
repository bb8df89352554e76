"""Rules about what comes to pass."""

from datetime import UTC, datetime
from typing import Any

from convener.decide.findings import Finding, ground_of
from convener.decide.findings.oversight import attendance, quorums, registers
from convener.model import Register
from convener.rulesets.ruleset import Rule

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)
MEASURES = {"attendance-floor": attendance, "register-deadline": registers, "quorum": quorums}


def measured(world: Any, register: Register, rule: Rule) -> list[Finding]:
    """Return what *rule* comes to."""
    return list(MEASURES[rule.kind](ground_of(world.prepared(rules=(rule,)), register, NOW)))


def test_everybody_has_a_share_above_or_below_the_floor(world: Any) -> None:
    """R16: nobody recorded yet is at the floor."""
    seen = world.attended("lead/north/1", ann="missed", ben="attended")
    found = measured(world, world.register(attendance=seen), world.rule("attendance-floor", min="70%"))

    assert [("ann", True), ("ben", False), ("cat", False)] == [(each.subject, each.breached) for each in found]
    assert "Ben Hall was at 1 of 1 sessions, at or above the floor of 70%" == found[1].text
    assert "convener attendance record acme/lead/north/1 ann@acme.example=STATUS" == found[0].settle


def test_a_register_has_until_its_deadline(world: Any) -> None:
    """R15: before it, what is missing is told and not broken; sessions to come have none."""
    late, early = (world.rule("register-deadline", within=within) for within in ("1 day", "30 days"))
    register = world.register(attendance=world.attended("lead/north/1", ann="attended", ben="missed"))

    assert [("register of lead/north/1: 1 of 3 not recorded", True)] == [
        (each.text, each.breached) for each in measured(world, register, late)
    ]
    assert [("register of lead/north/1: 1 of 3 not recorded, due 2027-02-18", False)] == [
        (each.text, each.breached) for each in measured(world, register, early)
    ]


def test_a_quorum_is_of_sessions_ahead(world: Any) -> None:
    """R10: apologies count against it; who leaves may break it, a missing coach is another matter."""
    sorry = world.attended("lead/north/2", ann="apologies")
    rule = world.rule("quorum", members="75%", coach=True)
    (found,) = measured(world, world.register(attendance=sorry), rule)
    (lacking,) = measured(world, world.register(coachings=()), rule)

    assert ("lead/north/2", "lead/north/2: 2 of 3 can come, 3 needed", True) == (
        found.subject,
        found.text,
        found.from_leaving,
    )
    assert (True, False) == (lacking.breached, lacking.from_leaving)
