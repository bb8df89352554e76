"""Looking ahead."""

from collections import Counter
from datetime import UTC, datetime

from convener.operations.ledger import rows
from convener.operations.plan import plan
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
MARCH = datetime(2027, 3, 1, tzinfo=UTC)


def test_the_plan_names_what_goes_out_until_a_day(live) -> None:
    """Welcomes, briefings, invites and the reminders of the first sessions are foreseen (R30)."""
    found, _ = plan(live.workspace, SCOPE, MARCH)
    automations = Counter(dispatch.automation for dispatch in found.dispatches)

    assert {"welcome", "manager-briefing", "invites", "remind", "run-pack"} <= set(automations)
    assert all(dispatch.due <= MARCH and dispatch.reason for dispatch in found.dispatches)


def test_planning_writes_nothing(live) -> None:
    """After `plan` the ledger and the register are as they were (R30)."""
    before = live.register
    plan(live.workspace, SCOPE, MARCH)

    assert (before, []) == (live.register, rows(live.workspace))


def test_what_was_planned_is_what_goes_out(live) -> None:
    """Up to the first session, the tick writes exactly the keys of the plan (N1)."""
    until = datetime(2027, 1, 15, tzinfo=UTC)
    found, _ = plan(live.workspace, SCOPE, until)
    written = tick(live.workspace, at=until)

    assert {d.key for d in found.dispatches} == {d.key for d in written.planned}
