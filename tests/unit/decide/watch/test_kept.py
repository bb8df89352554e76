"""Findings kept between decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from convener.decide import Prepared, prepare
from convener.decide.findings import Finding, Ground
from convener.decide.findings.oversight import deadlines
from convener.decide.index import Index
from convener.decide.watch.breaches import STANDING
from convener.decide.watch.kept import open_findings
from convener.model import Membership, Register, SessionStatus
from convener.rulesets.loader import load_client

ROOT = Path(__file__).resolve().parents[4]
BEGINS = datetime(2026, 12, 20, tzinfo=UTC)


def ground_of(prepared: Prepared, register: Register, at: datetime) -> Ground:
    """Return the ground of *register* at an instant."""
    index = Index.of(prepared, register)
    return Ground(prepared=prepared, index=index, at=at, day=index.today(at))


def anew(ground: Ground) -> list[Finding]:
    """Measure everything; return what is open."""
    return [each for measure in STANDING for each in measure(ground) if each.is_open]


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
            assert anew(ground) == open_findings(STANDING, ground)


def test_one_rule_alone_is_measured_anew(world: Any) -> None:
    """What was kept for all rules is no answer about one."""
    rule = world.rule("pod-size", min=5, target=6, max=7)
    prepared = world.prepared(rules=(rule, world.rule("require", each="programme", require="session.count > 99")))
    ground = ground_of(prepared, world.register(), BEGINS)
    whole = open_findings(STANDING, ground)

    alone = open_findings(STANDING, ground.of("pod-size"))

    assert {"pod-size"} == {each.rule.id for each in alone} < {each.rule.id for each in whole}


def test_dates_are_measured_again_when_a_session_moves_and_not_when_it_was_held(world: Any) -> None:
    """What has become of a session does not change when it was; another date or a cancellation does."""
    prepared = world.prepared(rules=(world.rule("blackout", dates=["2027-01-19"]),))
    base = world.register()
    session = base.sessions["lead/north/1"]
    changed = (
        replace(session, status=SessionStatus.HELD),
        replace(session, starts=session.starts + timedelta(days=1), ends=session.ends + timedelta(days=1)),
        replace(session, status=SessionStatus.CANCELLED),
    )
    grounds = [ground_of(prepared, register, BEGINS) for register in (base, *map(base.with_session, changed))]
    found = [open_findings(STANDING, ground) for ground in grounds]

    assert [anew(ground) for ground in grounds] == found
    assert [1, 1, 0, 0] == [len(each) for each in found]
    assert found[0][0] is found[1][0]


def test_a_register_is_late_from_its_deadline_on(world: Any) -> None:
    """What was kept before the deadline is no answer after it, by however little."""
    prepared = world.prepared(rules=(world.rule("register-deadline", within="1 day"),))
    register = world.register()
    (deadline, *_) = deadlines(prepared, Index.of(prepared, register))
    instants = (deadline, deadline + timedelta(microseconds=1), deadline)

    assert [0, 1, 0] == [len(open_findings(STANDING, ground_of(prepared, register, at))) for at in instants]
