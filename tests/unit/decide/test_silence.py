"""Automations that should be heard from time to time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from convener.decide import decide
from convener.decide.silence import silences
from convener.model import Plan, ProgrammeState, Span
from convener.model.traffic import Traffic

WEEK = Span.parse("1 week")


def test_time_counts_from_going_live_until_something_was_sent(world: Any) -> None:
    """R28: a programme that never sent its weekly report is silent a week after it went live, and not before."""
    prepared = world.prepared(world.automation("every monday", id="weekly", expect_every=WEEK))
    register = world.register()
    early, late = (
        Plan(since=world.live, until=world.live + timedelta(days=days), next_due=None) for days in (6.9, 7.1)
    )

    assert () == silences(prepared, register, early, Traffic()).flags
    assert world.live + timedelta(days=7, seconds=1) == silences(prepared, register, early, Traffic()).next
    (flag,) = silences(prepared, register, late, Traffic()).flags
    assert "automation weekly has sent nothing since 2026-12-01, expected every 1 week" == flag.text
    assert world.live + timedelta(days=7) == flag.since
    assert "convener explain automation weekly ann@acme.example --scope acme/lead" == flag.settle


def test_what_goes_out_now_breaks_the_silence(world: Any) -> None:
    """R28: the plan itself counts."""
    prepared = world.prepared(world.automation("every monday", id="weekly", expect_every=WEEK))
    register = world.register()
    plan = decide(prepared, register, datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 9, tzinfo=UTC))

    assert () == silences(prepared, register, plan, Traffic()).flags


def test_a_draft_may_be_silent(world: Any) -> None:
    """R30: nothing is expected of what is not live."""
    prepared = world.prepared(world.automation("every monday", id="weekly", expect_every=WEEK))
    register = replace(world.register(), state=ProgrammeState.DRAFT)
    plan = Plan(since=world.live, until=world.live + timedelta(days=90), next_due=None)

    assert () == silences(prepared, register, plan, Traffic()).flags
