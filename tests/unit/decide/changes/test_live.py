"""Going live, purely."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.decide.changes.live import go_live
from convener.errors import RefusedError, UsageError
from convener.model import ProgrammeState, Register

AT = datetime(2026, 12, 7, 9, tzinfo=UTC)


def draft(world: Any, **more: Any) -> Register:
    """Return the register before anybody went live."""
    register: Register = world.register(state=ProgrammeState.DRAFT, **more)
    return replace(register, events=())


def test_a_draft_is_live_from_the_instant(world: Any) -> None:
    """R30: the instant itself is decided over too, and the register knows since when it is live."""
    changed = go_live(world.prepared(), draft(world), AT)

    assert (ProgrammeState.LIVE, AT - timedelta(microseconds=1)) == (changed.register.state, changed.register.cursor)
    assert [("programme.live", AT)] == [(event.name, event.at) for event in changed.events]


def test_only_a_draft_with_pods_goes_live(world: Any) -> None:
    """A second time is refused, and so is a programme in which nobody sits anywhere."""
    with pytest.raises(UsageError, match="acme/lead is live already"):
        go_live(world.prepared(), world.register(), AT)
    with pytest.raises(UsageError, match="acme/lead has no pods yet"):
        go_live(world.prepared(), draft(world, pods={}), AT)


def test_an_inflexible_requirement_that_is_not_met_refuses_by_name(world: Any) -> None:
    """R27: the rule and those it does not hold for are named; a flexible one refuses nobody."""
    managed = {"each": "participant", "require": "manager.known"}
    register = draft(world)
    orphaned = replace(register, managements=tuple(row for row in register.managements if row.person != "cat"))
    with pytest.raises(RefusedError, match="rule managed does not hold for cat@acme") as caught:
        go_live(world.prepared(rules=(world.rule("require", identity="managed", **managed),)), orphaned, AT)

    assert ("managed",) == caught.value.rules
    flexible = world.rule("require", identity="managed", inflexible=False, **managed)
    assert ProgrammeState.LIVE is go_live(world.prepared(rules=(flexible,)), orphaned, AT).register.state
