"""The books of a delivery: everything it asks of the database and tells it, in groups (N5).

What was sent is settled in the commit that claims what goes next. Whatever is in hand has a lease that is renewed in
time, and only who holds it settles it. When the database fails nothing new is claimed, and what is known is settled
again after growing waits: it is never taken for sent without the database.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from convener.clock import SystemClock
from convener.errors import StoreError
from convener.model import Dispatch, DispatchState
from convener.operations.delivery.handing import address_of
from convener.operations.delivery.lanes import Lanes
from convener.operations.delivery.lines import Errand, Line
from convener.operations.delivery.outcomes import SUPPRESSED, Outcome
from convener.operations.delivery.recovery import Mine, recover
from convener.operations.delivery.tally import Sent, Tally, sent_of
from convener.operations.standing import note_sent
from convener.operations.workspace import Workspace
from convener.store import Claim, Settled, Transaction

PAUSES = (0.1, 5.0)
"""Seconds to wait when the database fails: at first, and at most; each twice the one before."""
NOTES = 1.0
"""Seconds at least between two notes of what was sent last."""
ENDING = 1.0
"""Seconds for which a run that is ending tries to settle in a database that fails."""
_DATABASE = SystemClock()
"""A database takes real time, whatever clock the workspace lives by."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Books:
    """What a delivery has in hand and has not settled; only the coordinator touches it."""

    workspace: Workspace
    owner: str
    """Whose name stands in the leases."""
    line: Callable[[str], Line]
    observe: Callable[[Sent], None] | None = None
    is_heir: bool = False
    """Whether what daemons before this one left is settled without waiting for their leases, the first time."""
    flying: dict[str, Errand] = field(default_factory=dict[str, Errand])
    """By key, what is in a queue or on the wire."""
    ended: list[Outcome] = field(default_factory=list[Outcome])
    """What is over and not settled yet."""
    tally: Tally = field(default_factory=Tally)
    _newest: Dispatch | None = None
    """The last that was sent and is not written down yet."""
    _noted: float = float("-inf")
    """When the last one was."""
    _trouble: tuple[float, float] | None = None
    """Since when the database fails, and how long to wait next."""

    @property
    def is_open(self) -> bool:
        """Whether something is in hand or not settled."""
        return bool(self.flying or self.ended)

    def recover(self, now: datetime) -> list[Outcome]:
        """Settle what senders that died had in hand; return those that go again and may have been the cause."""
        longest = max((self.line(name).lease for name in self.workspace.connectors.names()), default=timedelta(0))
        flying = {*self.flying, *(ended.settled.key for ended in self.ended)}
        mine = Mine(owner=self.owner, flying=flying, is_heir=self.is_heir)
        with self.workspace.store.begin() as tx:
            outcomes = recover(tx, lambda name: self.line(name).policy, now, longest=2 * longest, mine=mine)
        self.is_heir = False
        suspects = [outcome for outcome in outcomes if outcome.settled.state is DispatchState.RETRY]
        self._count([outcome for outcome in outcomes if outcome not in suspects], now)
        return suspects

    def exchange(self, lanes: Lanes, now: datetime, *, is_ending: bool) -> list[Errand]:
        """Settle what is over, renew the leases of what is not, and claim what there is room for, in one commit.

        Return what was claimed; nothing new while the run *is_ending*. Raise StoreError when the database fails and
        there is nothing to wait for.
        """
        takes = not is_ending and self._trouble is None and lanes.wants(now)
        aging = self._aging(now)
        if not (takes or aging or self.ended):
            return []
        try:
            with self.workspace.store.begin() as tx:
                settled = self._settle(tx, now)
                renewed = {key for until, keys in aging.items() for key in tx.renew_many(self.owner, keys, until=until)}
                claims = lanes.take(tx, now) if takes else []
                refused = self._refuse(tx, claims, now)
        except StoreError:
            lanes.forget()
            if not self._bears_trouble(is_ending=is_ending):
                raise
            return []
        self._trouble = None
        self.ended.clear()
        self._renewed(aging, renewed)
        lanes.took(len(claims))
        self._count([*settled, *refused], now)
        return self._in_hand(claims, {outcome.settled.key for outcome in refused})

    def _settle(self, tx: Transaction, now: datetime) -> list[Outcome]:
        """Settle what is over and return what of it was still ours."""
        if not self.ended:
            return []
        held = tx.settle_many(self.owner, [outcome.settled for outcome in self.ended], at=now)
        settled = [outcome for outcome in self.ended if outcome.settled.key in held]
        refused = [] if self.workspace.settings.redirect_all else [outcome for outcome in settled if outcome.is_dead]
        for address, reason in sorted((_address(outcome.claim), outcome.settled.error) for outcome in refused):
            tx.note_dead(address, at=now, reason=reason)
        return settled

    def _refuse(self, tx: Transaction, claims: Iterable[Claim], now: datetime) -> list[Outcome]:
        """Settle those of *claims* that go to a suppressed address, and return them."""
        addresses = {claim.row.dispatch.key: _address(claim) for claim in claims}
        if not addresses or self.workspace.settings.redirect_all:
            return []
        suppressed = tx.suppressed(set(addresses.values()) - {""})
        refused = [
            Outcome(
                claim=claim, settled=Settled(claim.row.dispatch.key, DispatchState.FAILED, SUPPRESSED, counted=False)
            )
            for claim in claims
            if addresses[claim.row.dispatch.key] in suppressed
        ]
        tx.settle_many(self.owner, [outcome.settled for outcome in refused], at=now)
        return refused

    def _aging(self, now: datetime) -> dict[datetime, list[str]]:
        """Return the keys of what is in hand and needs a longer lease, or lost a third of it, by its new end."""
        aging: dict[datetime, list[str]] = defaultdict(list)
        for key, errand in self.flying.items():
            lease = errand.line.lease
            if not lease * 2 / 3 <= errand.until - now <= lease:  # longer than a lease: the clock was set back
                aging[now + lease].append(key)
        return aging

    def _renewed(self, aging: Mapping[datetime, Iterable[str]], renewed: Container[str]) -> None:
        """Let the senders know how long they may; what was lost to somebody else is not begun any more."""
        for until, keys in aging.items():
            for key in keys:
                self.flying[key].until = until if key in renewed else _LONG_AGO

    def _in_hand(self, claims: Iterable[Claim], refused: Container[str]) -> list[Errand]:
        """Take each of *claims* but the *refused* in hand."""
        errands: list[Errand] = []
        for claim in claims:
            dispatch = claim.row.dispatch
            key = dispatch.key
            if key not in refused:
                errands.append(Errand(key, claim, self.line(dispatch.connector), claim.leased_until))
                self.flying[key] = errands[-1]
        return errands

    def _count(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Count what was settled, tell whoever measures, and now and then write down the last that was sent."""
        for outcome in outcomes:
            self.tally.add(outcome)
            if self.observe and outcome.settled.state is not DispatchState.READY:
                self.observe(sent_of(outcome, now))
        sent = [outcome.claim.row.dispatch for outcome in outcomes if outcome.settled.state is DispatchState.SENT]
        self._newest = sent[-1] if sent else self._newest
        if monotonic() - self._noted > NOTES:
            self._note()

    def _bears_trouble(self, *, is_ending: bool) -> bool:
        """Wait a little after the database failed; False when there is nothing left to wait for."""
        since, pause = self._trouble or (monotonic(), PAUSES[0])
        lasts = ENDING if is_ending else self.workspace.settings.lease
        if not self.flying and (not self.ended or monotonic() - since > lasts):
            self._trouble = None
            return False
        self._trouble = since, min(2 * pause, PAUSES[1])
        _DATABASE.wait(pause, threading.Event())
        return True

    def close(self, lanes: Lanes) -> datetime | None:
        """End a run that took from *lanes*; return when the next is worth it, None when nothing waits.

        What fell due since it looked last is among that, and so are the leases of senders that may have died.
        """
        self._note()
        if lanes.more and (not lanes.over or lanes.left == 0):
            return lanes.looked
        with self.workspace.store.begin() as tx:
            later = tx.next_delivery(after=lanes.looked)
        return min((moment for moment in (later, lanes.opens, lanes.refills) if moment), default=None)

    def _note(self) -> None:
        """Write down beside the database which message was sent last."""
        if self._newest is not None:
            note_sent(self.workspace, self._newest)
            self._newest, self._noted = None, monotonic()


def _address(claim: Claim) -> str:
    return address_of(claim.row.dispatch, claim.parcel)
