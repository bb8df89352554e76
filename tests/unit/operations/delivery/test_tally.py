"""What a run came to."""

from typing import Any

from convener.model import DispatchState
from convener.operations.delivery.outcomes import Outcome, back
from convener.operations.delivery.tally import Tally
from convener.store import Settled


def test_each_state_is_counted_and_each_reason_told_once(claimed: Any) -> None:
    """What was given back is nothing that became of it."""
    tally = Tally()
    states = (DispatchState.SENT, DispatchState.RETRY, DispatchState.FAILED, DispatchState.IN_DOUBT)
    for state in states:
        error = "" if state is DispatchState.SENT else "mail: busy"
        tally.add(Outcome(claim=claimed(), settled=Settled("key", state, error)))
    tally.add(back(claimed(error="mail: earlier")))
    report = tally.report(None)

    assert (1, 1, 1, 1) == (report.sent, report.retry, report.failed, report.in_doubt)
    assert ("mail: busy",) == report.failures
