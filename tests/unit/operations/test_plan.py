"""Looking ahead."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from convener.model import Person, Plan, Register
from convener.model.traffic import Traffic
from convener.operations.ledger import rows
from convener.operations.plan import guarded, look, plan
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


@pytest.mark.timeout(300)
def test_what_was_planned_is_what_goes_out(live) -> None:
    """Weeks ahead, chases of unanswered questions included, the ticks write exactly the keys of the plan (N1)."""
    until = datetime(2027, 2, 12, tzinfo=UTC)
    found, _ = plan(live.workspace, SCOPE, until)
    written: list[str] = []
    day: datetime | None = live.clock.now()
    while day is not None and day <= until:
        report = tick(live.workspace, at=day)
        written += [dispatch.key for dispatch in report.planned]
        day = report.next_due

    assert {dispatch.key for dispatch in found.dispatches} == set(written)
    assert len(written) == len(set(written))
    assert {"register-chase"} <= {dispatch.automation for dispatch in found.dispatches}


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


def test_an_outlook_says_what_it_was_concluded_from(live) -> None:
    """Database, rules and register, each by what changes with it (P19)."""
    first = look(live.workspace, SCOPE, MARCH)
    tick(live.workspace)
    second = look(live.workspace, SCOPE, MARCH)
    file = live.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# a note\n", encoding="utf-8")
    third = look(live.workspace, SCOPE, MARCH)

    assert first.instance == second.instance == third.instance
    assert (first.stamp, True) == (second.stamp, first.stamp != third.stamp)
    assert first.revision < second.revision == third.revision


def capped(world, cap: int) -> None:
    """Let the guard allow *cap* messages a day."""
    file = world.workspace.folder / "rulesets" / "northern-health.toml"
    rule = f"\n[programmes.primary-care.rules.sane-volume]\nper_person_per_day = {cap}\nreason = 'in this test'\n"
    file.write_text(file.read_text(encoding="utf-8") + rule, encoding="utf-8")


def test_what_the_guard_would_hold_is_marked(calm) -> None:
    """With one message a day, the text message waits where the mail goes, day by day (N7)."""
    capped(calm, 1)
    found, _ = plan(calm.workspace, SCOPE, MARCH)
    held = {one.step for one in found.dispatches if one.key in found.held}

    assert {"sane-volume"} == set(found.held.values())
    assert "send.reminder.text" in held
    assert "send.welcome.email" not in held


def test_ticks_hold_what_the_plan_marks(calm) -> None:
    """Asked at every moment at which something is due, the guard comes to what the plan said at first (N1, N7)."""
    capped(calm, 1)
    until = datetime(2027, 2, 1, tzinfo=UTC)
    found, _ = plan(calm.workspace, SCOPE, until)
    held: dict[str, str] = {}
    day: datetime | None = calm.clock.now()
    while day is not None and day <= until:
        report = tick(calm.workspace, at=day)
        held |= report.held
        day = report.next_due

    assert found.held == held
    assert held


def test_an_outlook_judges_each_day_by_those_before_it(calm) -> None:
    """A day far above the median of the days before is held, although the whole plan is larger still (N7)."""
    register, prepared = calm.register, calm.workspace.rules.prepared(SCOPE)
    start = calm.clock.now()
    one = next(iter(plan(calm.workspace, SCOPE, MARCH)[0].dispatches))
    crowd = {f"x{number}": Person(id=f"x{number}", name="X", email=f"x{number}@x.example") for number in range(9)}
    days = [
        replace(one, slot=f"{day}-{who}", recipient=who, due=start + timedelta(days=day))
        for day, many in enumerate((1, 1, 1, 1, 1, 9, 1))
        for who in list(crowd)[:many]
    ]
    small = Register(
        client=register.client, programme=register.programme, state=register.state, people=dict(list(crowd.items())[:8])
    )
    looked = Plan(since=start, until=start + timedelta(days=9), next_due=None, dispatches=tuple(days))
    found = guarded(prepared, small, looked, Traffic(), start)

    assert {5} == {int(key.split("/")[-2].partition("-")[0]) for key in found.held}
    assert all(before.due <= after.due for before, after in pairwise(found.dispatches))
