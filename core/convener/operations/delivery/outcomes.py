"""How an attempt ended, and what that means for its row. Pure: what it depends on is an argument."""

from dataclasses import dataclass
from datetime import datetime

from convener.errors import ConnectorError, ConvenerError, Delay, PermanentError, RetryError
from convener.model import DispatchState
from convener.operations.delivery.ladders import ENDLESS, next_try
from convener.ports import Settlement
from convener.store import Claim, Settled

SUPPRESSED = "its address is suppressed: it was refused for good before"
"""Why a row has failed that was not even tried; `ledger retry` lifts the suppression."""
GAVE_UP = "no further try"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one row."""

    claim: Claim
    """As it was taken."""
    settled: Settled
    is_dead: bool = False
    """Whether its address was refused for good."""


def outcome_of(
    claim: Claim, error: ConvenerError | None, settlement: Settlement, now: datetime, *, turn: int = 1
) -> Outcome:
    """Return what the end of an attempt at *now*, well or with *error*, means for *claim* by the policy *settlement*.

    *turn* says which wait in a row it is when the connector is at fault and no message is.
    """
    dispatch = claim.row.dispatch
    key, told = dispatch.key, f"{dispatch.connector}: {error}"
    match error:
        case None:
            return Outcome(claim=claim, settled=Settled(key, DispatchState.SENT))
        case PermanentError():
            return Outcome(claim=claim, settled=Settled(key, DispatchState.FAILED, told), is_dead=error.dead)
        case RetryError() if error.delay in ENDLESS:
            return _waiting(claim, told, error.delay, now, turn=turn, at_least=error.retry_after or 0)
        case RetryError():
            return _later(claim, told, error.delay, now, at_least=error.retry_after or 0)
        case ConnectorError():  # it may have arrived: the line was cut, or nobody knows what happened
            return _ambiguous(claim, told, settlement, now)
        case _:  # a connector that is broken or not there today may be mended tomorrow
            return _waiting(claim, told, Delay.MISCONFIGURED, now, turn=turn)


def hindrance_of(error: ConvenerError | None) -> Delay | None:
    """Return what of the connector stood in the way; None when the other side was there and judged the message."""
    match error:
        case None | PermanentError():
            return None
        case RetryError():
            return error.delay
        case ConnectorError():
            return Delay.BUSY
        case _:
            return Delay.MISCONFIGURED


def back(claim: Claim) -> Outcome:
    """Return what gives *claim* back: it was claimed and never came near the wire, so the attempt does not count."""
    row = claim.row
    settled = Settled(row.dispatch.key, DispatchState.READY, row.error, counted=False)
    return Outcome(claim=claim, settled=settled)


def _later(claim: Claim, told: str, delay: Delay, now: datetime, *, at_least: float = 0) -> Outcome:
    """Try again on the next rung, or as many seconds later as the other side asked; or give up."""
    dispatch = claim.row.dispatch
    when = next_try(delay, claim.row.attempts, dispatch.key, now, at_least=at_least, not_after=dispatch.not_after)
    if when is None:
        return Outcome(claim=claim, settled=Settled(dispatch.key, DispatchState.FAILED, f"{told}; {GAVE_UP}"))
    return Outcome(claim=claim, settled=Settled(dispatch.key, DispatchState.RETRY, told, when))


def _waiting(claim: Claim, told: str, delay: Delay, now: datetime, *, turn: int, at_least: float = 0) -> Outcome:
    """Try again for as long as it takes: the connector is at fault, so that no attempt is counted."""
    key = claim.row.dispatch.key
    when = next_try(delay, turn, key, now, at_least=at_least)
    return Outcome(claim=claim, settled=Settled(key, DispatchState.RETRY, told, when, counted=False))


def _ambiguous(claim: Claim, told: str, settlement: Settlement, now: datetime) -> Outcome:
    """Settle what may or may not have arrived: with the same id or a look first it may go again, else a person says."""
    if settlement is Settlement.ASK:
        return Outcome(claim=claim, settled=Settled(claim.row.dispatch.key, DispatchState.IN_DOUBT, told))
    return _later(claim, told, Delay.BUSY, now)
