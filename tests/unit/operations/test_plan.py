"""Looking ahead."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from convener.operations.ledger import rows
from convener.operations.plan import plan
from convener.operations.sync import sync
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
    """Day by day up to the first session, the ticks write exactly the keys of the plan (N1)."""
    until = datetime(2027, 1, 15, tzinfo=UTC)
    found, _ = plan(live.workspace, SCOPE, until)
    written = set()
    day = live.clock.now()
    while day < until:
        written |= {dispatch.key for dispatch in tick(live.workspace, at=day).planned}
        day += timedelta(hours=6)
    written |= {dispatch.key for dispatch in tick(live.workspace, at=until).planned}

    assert {dispatch.key for dispatch in found.dispatches} == written


def test_what_was_sent_is_no_longer_planned(live) -> None:
    """The plan leaves out what the ledger knows (R30)."""
    first = {dispatch.key for dispatch in tick(live.workspace, at=live.clock.now()).planned}
    found, _ = plan(live.workspace, SCOPE, MARCH)

    assert first.isdisjoint(dispatch.key for dispatch in found.dispatches)


def test_a_draft_is_shown_as_if_it_went_live_now(draft) -> None:
    """Before `go`, the plan is a rehearsal (R30)."""
    sync(draft.workspace, "northern-health")
    found, _ = plan(draft.workspace, SCOPE, MARCH)

    assert {"welcome", "manager-briefing"} <= {dispatch.automation for dispatch in found.dispatches}
