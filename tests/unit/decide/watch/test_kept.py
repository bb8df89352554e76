"""Findings kept between decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from convener.decide import Prepared, prepare
from convener.decide.findings import Finding, Ground
from convener.decide.index import Index
from convener.decide.watch.breaches import STANDING
from convener.decide.watch.kept import findings
from convener.model import Membership, Register
from convener.rulesets.loader import load_client

ROOT = Path(__file__).resolve().parents[4]
BEGINS = datetime(2026, 12, 20, tzinfo=UTC)


def ground_of(prepared: Prepared, register: Register, at: datetime) -> Ground:
    """Return the ground of *register* at an instant."""
    index = Index.of(prepared, register)
    return Ground(prepared=prepared, index=index, at=at, day=index.today(at))


def anew(ground: Ground) -> list[Finding]:
    """Measure everything."""
    return [each for measure in STANDING for each in measure(ground)]


def test_what_is_kept_is_what_would_be_measured(world: Any) -> None:
    """N1: over three months in odd steps, as people come and go and registers come in, back and forth in time."""
    (ruleset,) = load_client(ROOT, "northern-health").rulesets
    prepared = prepare(ruleset)
    base = world.register()
    leaving = tuple(replace(row, until=date(2027, 2, 3)) if row.person == "cat" else row for row in base.memberships)
    came = Membership(person="cat", pod=world.pod, since=date(2027, 2, 20))
    changing = replace(base, memberships=(*leaving, came))
    recorded = replace(
        changing, attendance=world.attended("lead/north/1", ann="missed", ben="attended", cat="apologies")
    )
    instants = [BEGINS + n * timedelta(hours=31) for n in range(70)]

    for register in (base, changing, recorded):
        for at in (*instants, *reversed(instants[::7])):
            ground = ground_of(prepared, register, at)
            assert anew(ground) == list(findings(STANDING, ground))


def test_one_rule_alone_is_measured_anew(world: Any) -> None:
    """What was kept for all rules is no answer about one."""
    rule = world.rule("pod-size", min=5, target=6, max=7)
    prepared = world.prepared(rules=(rule, world.rule("quorum", members="75%")))
    ground = ground_of(prepared, world.register(), BEGINS)
    whole = list(findings(STANDING, ground))

    alone = list(findings(STANDING, ground.of("pod-size")))

    assert {"pod-size"} == {each.rule.id for each in alone} < {each.rule.id for each in whole}
