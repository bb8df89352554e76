"""What the end of an attempt means."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.errors import (
    AmbiguousError,
    ConnectorError,
    ConvenerError,
    Delay,
    PermanentError,
    PluginError,
    RetryError,
)
from convener.model import DispatchState
from convener.operations.delivery.ladders import LADDERS
from convener.operations.delivery.outcomes import back, hindrance_of, outcome_of
from convener.ports import Settlement

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
SAME_ID, LOOKUP, ASK = Settlement


@pytest.mark.parametrize(
    ("error", "settlement", "state"),
    [
        (None, ASK, DispatchState.SENT),
        (PermanentError("no such user"), SAME_ID, DispatchState.FAILED),
        (RetryError("later"), ASK, DispatchState.RETRY),
        (RetryError("down", delay=Delay.UNREACHABLE), ASK, DispatchState.RETRY),
        (AmbiguousError("cut"), SAME_ID, DispatchState.RETRY),
        (AmbiguousError("cut"), LOOKUP, DispatchState.RETRY),
        (AmbiguousError("cut"), ASK, DispatchState.IN_DOUBT),
        (ConnectorError("broke"), SAME_ID, DispatchState.RETRY),
        (ConnectorError("broke"), ASK, DispatchState.IN_DOUBT),
        (PluginError("not there"), ASK, DispatchState.RETRY),
    ],
)
def test_each_end_has_its_state(
    claimed: Any, error: ConvenerError | None, settlement: Settlement, state: DispatchState
) -> None:
    """Refused, delayed, ambiguous or taken; what may have arrived goes by the connector's policy (N5, fault 7, 8)."""
    outcome = outcome_of(claimed(), error, settlement, NOON)

    assert state is outcome.settled.state
    assert (error is None) == (outcome.settled.error == "")


def test_a_message_is_given_up_at_the_end_of_its_ladder(claimed: Any) -> None:
    """Six tries of a busy server, then a person is asked (R25)."""
    rungs = len(LADDERS[Delay.BUSY])
    last, over = (outcome_of(claimed(attempts=n), RetryError("busy"), SAME_ID, NOON) for n in (rungs, rungs + 1))

    assert DispatchState.RETRY is last.settled.state
    assert (DispatchState.FAILED, "mail: busy; no further try") == (over.settled.state, over.settled.error)


@pytest.mark.parametrize(
    "error",
    [RetryError("down", delay=Delay.UNREACHABLE), PluginError("broken"), RetryError("", delay=Delay.MISCONFIGURED)],
)
def test_what_is_the_connectors_fault_counts_for_no_message(claimed: Any, error: ConvenerError) -> None:
    """The hundredth time as well; it waits as long as the connector has failed, not the message."""
    outcome = outcome_of(claimed(attempts=100), error, SAME_ID, NOON, turn=2)

    assert (DispatchState.RETRY, False) == (outcome.settled.state, outcome.settled.counted)
    hindrance = hindrance_of(error)
    assert hindrance is not None
    assert outcome.settled.not_before is not None
    assert LADDERS[hindrance][1] <= outcome.settled.not_before - NOON


def test_an_address_that_is_dead_is_told_apart_from_a_refused_message(claimed: Any) -> None:
    """Only the first is suppressed in the end (fault 7)."""
    refused = (outcome_of(claimed(), PermanentError("no", dead=dead), SAME_ID, NOON) for dead in (True, False))

    assert [True, False] == [outcome.is_dead for outcome in refused]


def test_what_could_only_come_too_late_is_not_waited_for(claimed: Any) -> None:
    """A reminder of a session that has begun helps nobody (P2)."""
    over = claimed(not_after=NOON + timedelta(seconds=30))

    assert DispatchState.FAILED is outcome_of(over, RetryError("busy"), SAME_ID, NOON).settled.state


def test_what_was_not_on_the_wire_goes_back_as_it_was(claimed: Any) -> None:
    """Ready, its attempt not counted, and what is known of it not forgotten."""
    settled = back(claimed(attempts=2, error="mail: busy")).settled

    assert (DispatchState.READY, False, "mail: busy") == (settled.state, settled.counted, settled.error)
