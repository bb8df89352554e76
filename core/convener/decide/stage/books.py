"""The ledger of a stage: what has been decided, what still waits for its time, how much has gone out; in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from convener.decide.changes.outdated import Outdated
from convener.decide.stage.tally import Tally
from convener.model import Commitment, Dispatch, DispatchState, Flag, LedgerRow, Plan, Register
from convener.model.dispatches import STOPPED
from convener.model.traffic import Traffic

WAITING = frozenset({DispatchState.READY, DispatchState.RETRY})
"""States in which a row of the ledger still goes out by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a programme that has run already brings along."""

    ledger: Iterable[LedgerRow] = ()
    """What was decided, without rows that a change called off: of them, what has not been sent goes out in time."""
    elsewhere: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Messages of other programmes, by address without letter case and ISO date."""
    flags: Iterable[Flag] = ()
    """Flags that stand, and so are not new."""
    commitments: tuple[Commitment, ...] = ()
    """What coaches carry in other programmes."""


@dataclass(slots=True, kw_only=True)
class Books:
    """Keeps keys as the ledger does: once known, never again."""

    known: set[str]
    """Keys of everything decided so far."""
    waiting: dict[str, Dispatch]
    """Decided, but its time is still to come, by key."""
    held: dict[str, Dispatch]
    """Held for a person, who never comes, by key."""
    holding: dict[str, str]
    """The volume guard that holds each of them, by key."""
    tally: Tally

    @classmethod
    def of(cls, past: Past, register: Register, zone: str) -> "Books":
        """Open the books with what *past* brings along; *zone* is the programme's."""
        rows, tally = tuple(past.ledger), Tally(zone)
        tally.add_elsewhere(past.elsewhere)
        for row in rows:
            tally.add(row.dispatch, register, goes=row.state not in STOPPED)
        return cls(
            known={row.dispatch.key for row in rows},
            waiting={row.dispatch.key: row.dispatch for row in rows if row.state in WAITING},
            held={row.dispatch.key: row.dispatch for row in rows if row.state is DispatchState.HELD},
            holding={row.dispatch.key: row.error for row in rows if row.state is DispatchState.HELD},
            tally=tally,
        )

    @property
    def next_due(self) -> datetime | None:
        """When the first of what waits goes out; None for nothing."""
        return min((dispatch.due for dispatch in self.waiting.values()), default=None)

    def traffic(self, now: datetime) -> Traffic:
        """Return what the volume guard must know at *now*, as the ledger would tell it."""
        return replace(self.tally.traffic(now), held=dict(self.holding))

    def unknown(self, plan: Plan) -> Plan:
        """Return *plan* without what is known."""
        return replace(
            plan,
            dispatches=tuple(d for d in plan.dispatches if d.key not in self.known),
            missed=tuple(d for d in plan.missed if d.key not in self.known),
        )

    def write(self, plan: Plan, register: Register) -> None:
        """Keep what *plan* decides; what it holds does not go out."""
        self.known.update(dispatch.key for dispatch in (*plan.dispatches, *plan.missed))
        self.holding.update(plan.held)
        for dispatch in plan.dispatches:
            goes = dispatch.key not in plan.held
            self.tally.add(dispatch, register, goes=goes)
            (self.waiting if goes else self.held)[dispatch.key] = dispatch
        for dispatch in plan.missed:
            self.tally.add(dispatch, register, goes=False)

    def release(self, at: datetime, register: Register) -> tuple[tuple[Dispatch, ...], tuple[Dispatch, ...]]:
        """Take out what is due at *at*, and return what goes out and what comes too late."""
        ready = sorted((d for d in self.waiting.values() if d.due <= at), key=lambda d: (d.due, d.key))
        late = tuple(d for d in ready if d.not_after is not None and d.not_after < at)
        for dispatch in ready:
            del self.waiting[dispatch.key]
        for dispatch in late:
            self.tally.take_back(dispatch, register)
        return tuple(d for d in ready if d not in late), late

    def call_off(self, outdated: Outdated, register: Register) -> tuple[Dispatch, ...]:
        """Take out what has not gone and is no longer true, and return it; it may come back, as in the ledger."""
        unsent = {**self.waiting, **self.held}
        gone = {key: dispatch for key, dispatch in unsent.items() if outdated.covers(dispatch)}
        for key, dispatch in gone.items():
            self.holding.pop(key, None)
            if self.held.pop(key, None) is None:
                del self.waiting[key]
                self.tally.take_back(dispatch, register)
        self.known -= gone.keys()
        return tuple(gone.values())
