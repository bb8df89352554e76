"""What a run of delivery came to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from convener.model import DispatchState
from convener.operations.delivery.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverReport:
    """What became of the dispatches that were due."""

    sent: int = 0
    retry: int = 0
    """To be tried again, by themselves."""
    failed: int = 0
    in_doubt: int = 0
    failures: tuple[str, ...] = ()
    """Why something was not sent: connector and reason, each once."""
    next_due: datetime | None = None
    """When it is worth asking again; None when nothing waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One dispatch whose attempt is over, for whoever measures; holds nothing personal."""

    connector: str
    automation: str
    state: DispatchState
    dwell: float
    """Seconds from the instant it was due."""


@dataclass(slots=True)
class Tally:
    """Counts outcomes as they are settled."""

    states: Counter[DispatchState] = field(default_factory=Counter[DispatchState])
    failures: dict[str, None] = field(default_factory=dict[str, None])

    def add(self, outcome: Outcome) -> None:
        """Count *outcome*; what was given back unsent is nothing that became of it."""
        settled = outcome.settled
        if settled.state is not DispatchState.READY:
            self.states[settled.state] += 1
            self.failures.update({settled.error: None} if settled.error else {})

    def report(self, next_due: datetime | None) -> DeliverReport:
        """Return the report of everything counted."""
        return DeliverReport(
            sent=self.states[DispatchState.SENT],
            retry=self.states[DispatchState.RETRY],
            failed=self.states[DispatchState.FAILED],
            in_doubt=self.states[DispatchState.IN_DOUBT],
            failures=tuple(self.failures),
            next_due=next_due,
        )


def sent_of(outcome: Outcome, now: datetime) -> Sent:
    """Return what is told of *outcome*, settled at *now*."""
    dispatch = outcome.claim.row.dispatch
    return Sent(
        connector=dispatch.connector,
        automation=dispatch.automation,
        state=outcome.settled.state,
        dwell=max(0.0, (now - dispatch.due).total_seconds()),
    )
