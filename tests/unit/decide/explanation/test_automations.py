"""Explaining an automation and a dispatch."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide import decide, forecast
from convener.decide.explanation import explain_automation, explain_dispatch
from convener.decide.explanation.automations import automation_of
from convener.errors import UsageError

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def test_an_automation_that_is_not_there_has_a_nearest_one(world: Any) -> None:
    """P18: a slip of the finger is no mystery."""
    prepared = world.prepared(world.automation("session.starts"))

    assert "remind" == automation_of(prepared, "remind").automation.id
    with pytest.raises(UsageError) as caught:
        explain_automation(prepared, world.register(), "remnd", "ann", NOW)
    assert "did you mean 'remind'?" == caught.value.hint


def test_a_dispatch_is_explained_by_its_own_occurrence(world: Any) -> None:
    """P16: not by another one that is nearer to now."""
    prepared = world.prepared(world.automation("1 day before session.starts, at 09:00"))
    plan = forecast(prepared, world.register(), NOW, datetime(2027, 4, 1, tzinfo=UTC))
    last = max(plan.dispatches, key=lambda dispatch: (dispatch.due, dispatch.key))
    told = explain_dispatch(prepared, world.register(), last, NOW)

    assert ("lead/north/2", last.slot, "fire") == (told.subject, told.slot, told.said)


def test_an_invite_is_explained_by_its_session(world: Any) -> None:
    """R12: the calendar part says which."""
    step = world.step("invite", "session", "calendar")
    prepared = world.prepared(world.automation("session.confirmed", step, for_each="member", id="invites"))
    dispatch = decide(prepared, world.register(), NOW, NOW).dispatches[-1]
    without = replace(dispatch, invite=None)

    assert dispatch.session == explain_dispatch(prepared, world.register(), dispatch, NOW).subject
    assert "fire" == explain_dispatch(prepared, world.register(), without, NOW).said
