"""What a sender that died had on the wire, settled by its connector's policy (fault 1); what kills, quarantined (17).

A death is a message's fault only when it was alone: of what died in company nobody knows which it was, and it goes
again one by one. So an innocent message is never put away, and one that kills is, after DEATHS times alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from convener.model import DispatchState
from convener.model.dispatches import QUARANTINED
from convener.operations.delivery.outcomes import Outcome, back
from convener.ports import Settlement
from convener.store import Claim, Settled, Transaction

DEATHS = 3
"""After how many deaths of its sender, or of the tick that decides it, something is left alone."""
DIED = "the process ended while this was on the wire"
ALONE = "daemon-"
"""How the owner of a claim is called that holds the lock of its database, as one daemon at a time does."""
_ALONE = re.compile(rf"{DIED}, alone (\d+) times?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What this process knows of its own claims."""

    owner: str
    flying: Collection[str]
    """Keys of what it has in hand; whatever else is claimed in its name never came near the wire."""
    is_heir: bool = False
    """Whether it holds the lock and has just begun, so that every daemon before it is dead, whatever their leases."""


def recover(
    tx: Transaction, policy: Callable[[str], Settlement], now: datetime, *, longest: timedelta, mine: Mine
) -> list[Outcome]:
    """Settle every claim whose lease ended, or ends later than *longest* from now: its clock was ahead.

    Return what became of them. A connector that asks leaves them in doubt; for the others they go again, and one that
    can be asked whether it arrived is asked by the sender first, once the lease has ended: what a sender wrote just
    before it died may take a moment to be seen over there. Raise StoreError.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in tx.expired(now, longest=longest, dead=ALONE if mine.is_heir else ""):
        must_wait = now < claim.leased_until <= now + longest and (
            policy(claim.row.dispatch.connector) is Settlement.LOOKUP
        )
        if claim.row.dispatch.key not in mine.flying and not must_wait:
            found[claim.owner].append(claim)
    outcomes: list[Outcome] = []
    for owner, claims in found.items():
        told = [
            back(claim)
            if owner == mine.owner
            else after_death(claim, policy(claim.row.dispatch.connector), alone=len(claims) == 1)
            for claim in claims
        ]
        held = tx.settle_many(owner, [outcome.settled for outcome in told], at=now)
        outcomes += [outcome for outcome in told if outcome.settled.key in held]
    return outcomes


def after_death(claim: Claim, settlement: Settlement, *, alone: bool) -> Outcome:
    """Return what becomes of *claim*, whose sender died while it was on the wire, *alone* or among others."""
    row, deaths = claim.row, deaths_of(claim.row.error) + alone
    if settlement is Settlement.ASK:
        settled = Settled(row.dispatch.key, DispatchState.IN_DOUBT, DIED)
    elif deaths >= DEATHS:
        settled = Settled(row.dispatch.key, DispatchState.HELD, QUARANTINED)
    else:
        told = f"{DIED}, alone {deaths} time{'s' if deaths > 1 else ''}" if deaths else DIED
        settled = Settled(row.dispatch.key, DispatchState.RETRY, told)
    return Outcome(claim=claim, settled=settled)


def deaths_of(error: str) -> int:
    """Return how often in a row the senders of a row died with nothing else on the wire, by what its *error* says."""
    found = _ALONE.match(error)
    return int(found[1]) if found else 0
