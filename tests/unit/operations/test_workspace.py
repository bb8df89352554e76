"""Scopes, and the instant at which a change is recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.clock import VirtualClock
from convener.errors import UsageError
from convener.model import Register
from convener.operations.workspace import Scope, moment

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


def test_a_scope_names_client_programme_pod_and_session() -> None:
    """The four parts are told apart by position."""
    scope = Scope.parse("northern-health/primary-care/tyneside/3")

    assert ("primary-care/tyneside", "primary-care/tyneside/3") == (scope.pod_id, scope.session_id)


@pytest.mark.parametrize("text", ["", "a//b", "a/b/c/d/e"])
def test_what_is_no_scope_is_a_usage_error(text: str) -> None:
    """A scope with an empty part or too many says how to write one."""
    with pytest.raises(UsageError, match="is not a scope"):
        Scope.parse(text)


def test_a_scope_without_a_programme_says_what_is_missing() -> None:
    """A verb that needs a programme says so with an example."""
    with pytest.raises(UsageError) as caught:
        _ = Scope.parse("northern-health").of_programme

    assert "northern-health/PROGRAMME" in caught.value.hint


def test_a_change_is_recorded_now() -> None:
    """Before the first tick the clock alone decides."""
    assert NOON == moment(VirtualClock(NOON), Register(client="c", programme="p"))


def test_a_change_is_recorded_after_what_has_been_decided() -> None:
    """A change made while the cursor is ahead of the clock still triggers its automations."""
    decided = NOON + timedelta(days=3)
    register = Register(client="c", programme="p", cursor=decided)

    assert decided + timedelta(microseconds=1) == moment(VirtualClock(NOON), register)
