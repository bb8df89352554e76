"""`deliver`: take what is due from the ledger, mark it durably, hand it to its connector, settle it (N5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from convener.errors import AmbiguousError, ConvenerError, PermanentError, RetryError
from convener.model import DispatchState, LedgerRow, Verb
from convener.operations.parcels import SINKS, publication
from convener.operations.redirection import redirect
from convener.operations.workspace import Workspace
from convener.ports import Settlement
from convener.store import Claim, Transaction

BATCH = 50
"""How many rows one claim takes."""
LADDER = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""How long to wait after the first, second … failed attempt when the other side does not say; then it has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverReport:
    """What became of the dispatches that were due."""

    sent: int = 0
    retry: int = 0
    failed: int = 0
    in_doubt: int = 0
    failures: tuple[str, ...] = ()
    """Why something was not sent: connector and reason, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one attempt ended."""

    state: DispatchState
    error: str = ""
    not_before: datetime | None = None


def deliver(workspace: Workspace, *, at: datetime | None = None, owner: str = "") -> DeliverReport:
    """Deliver everything due by *at*; one dispatch or connector that fails does not stop the others (P14).

    *owner* names this run in the lease, so that nobody else settles what it has on the wire; a new name without one.
    """
    owner = owner or f"deliver-{uuid4().hex}"
    outcomes = _settle_expired(workspace, at or workspace.clock.now())
    lease = timedelta(seconds=workspace.settings.lease)
    while True:
        now = at or workspace.clock.now()
        with workspace.store.begin() as tx:
            claims = tx.claim(now, lease=lease, limit=BATCH, owner=owner)
        if not claims:
            return _counted(outcomes)
        for claim in claims:
            outcome = _attempt(workspace, claim, now)
            with workspace.store.begin() as tx:
                _settle(tx, claim.row, outcome, now, owner)
            outcomes.append(outcome)


def _attempt(workspace: Workspace, claim: Claim, now: datetime) -> Outcome:
    """Put one dispatch on the wire and say how that ended."""
    dispatch = claim.row.dispatch
    try:
        _hand_over(workspace, claim)
    except RetryError as error:
        return _later(claim.row, f"{dispatch.connector}: {error}", now, at_least=error.retry_after or 0)
    except AmbiguousError as error:
        return _ambiguous(workspace, claim.row, f"{dispatch.connector}: {error}", now)
    except PermanentError as error:
        return Outcome(state=DispatchState.FAILED, error=f"{dispatch.connector}: {error}")
    except ConvenerError as error:  # a connector that is broken or not there today may be mended tomorrow
        return _later(claim.row, f"{dispatch.connector}: {error}", now)
    return Outcome(state=DispatchState.SENT)


def _hand_over(workspace: Workspace, claim: Claim) -> None:
    dispatch, parcel = claim.row.dispatch, claim.parcel
    if parcel is None:
        raise PermanentError("its content is no longer kept")
    if workspace.settings.redirect_all:
        redirect(workspace, dispatch, parcel)
    elif dispatch.verb is Verb.REPORT and dispatch.channel == SINKS:
        workspace.connectors.sink(dispatch.connector).publish(publication(dispatch, parcel))
    else:
        workspace.connectors.messenger(dispatch.connector).send(parcel)


def _later(row: LedgerRow, error: str, now: datetime, *, at_least: float = 0) -> Outcome:
    """Try again on the next rung of the ladder, or as many seconds later as the other side asked; or give up."""
    if row.attempts > len(LADDER):
        return Outcome(state=DispatchState.FAILED, error=error)
    wait = max(LADDER[row.attempts - 1], timedelta(seconds=at_least))
    return Outcome(state=DispatchState.RETRY, error=error, not_before=now + wait)


def _ambiguous(workspace: Workspace, row: LedgerRow, error: str, now: datetime) -> Outcome:
    """Settle what may or may not have arrived by the connector's declared policy."""
    if workspace.connectors.settlement(row.dispatch.connector) is Settlement.SAME_ID:
        return _later(row, error, now)
    return Outcome(state=DispatchState.IN_DOUBT, error=error)


def _settle_expired(workspace: Workspace, now: datetime) -> list[Outcome]:
    """Settle what a process that died had on the wire, by the declared policy of each connector."""
    with workspace.store.begin() as tx:
        outcomes: list[Outcome] = []
        for claim in tx.expired(now):
            state = _after_death(workspace, claim.row.dispatch.connector)
            outcome = Outcome(state=state, error="the process ended while this was on the wire", not_before=now)
            _settle(tx, claim.row, outcome, now, claim.owner)
            if state is DispatchState.IN_DOUBT:
                outcomes.append(outcome)
        return outcomes


def _after_death(workspace: Workspace, connector: str) -> DispatchState:
    if connector in workspace.connectors.broken:
        return DispatchState.IN_DOUBT
    same_id = workspace.connectors.settlement(connector) is Settlement.SAME_ID
    return DispatchState.RETRY if same_id else DispatchState.IN_DOUBT


def _settle(tx: Transaction, row: LedgerRow, outcome: Outcome, now: datetime, owner: str) -> None:
    tx.settle(
        row.dispatch.key,
        outcome.state,
        at=now,
        error=outcome.error,
        not_before=outcome.not_before,
        owner=owner,
    )


def _counted(outcomes: Iterable[Outcome]) -> DeliverReport:
    every = list(outcomes)
    states = [outcome.state for outcome in every]
    return DeliverReport(
        sent=states.count(DispatchState.SENT),
        retry=states.count(DispatchState.RETRY),
        failed=states.count(DispatchState.FAILED),
        in_doubt=states.count(DispatchState.IN_DOUBT),
        failures=tuple(dict.fromkeys(outcome.error for outcome in every if outcome.error)),
    )
