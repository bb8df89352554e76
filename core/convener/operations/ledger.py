"""`ledger`: what was dispatched, what became of it, and what only a person can decide of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Unpack

from convener.errors import UsageError
from convener.model import UNSENT, DispatchState, LedgerRow, Parcel
from convener.operations.delivery.handing import address_of
from convener.operations.workspace import Scope, Workspace
from convener.store import Asked, Transaction

RETRIED = frozenset({DispatchState.FAILED, DispatchState.IN_DOUBT, DispatchState.HELD})
"""States from which a person may let something go again."""
CANCELLED = UNSENT | {DispatchState.FAILED, DispatchState.IN_DOUBT}
"""States in which a person may call something off."""


def rows(workspace: Workspace, scope: str = "", **asked: Unpack[Asked]) -> list[LedgerRow]:
    """Return the dispatches of *scope*, oldest due first, and of those only what is *asked* for."""
    with workspace.store.begin() as tx:
        return tx.ledger(**(asked | within(scope)))


def show(workspace: Workspace, key: str) -> tuple[LedgerRow, Parcel | None]:
    """Return one dispatch with its frozen content; raise UsageError when there is none of that key."""
    with workspace.store.begin() as tx:
        return _known(tx, key), tx.parcel(key)


def retry(workspace: Workspace, *keys: str) -> list[LedgerRow]:
    """Let failed, held or doubtful dispatches go again: a person has decided that they did not arrive.

    Their addresses live again, and none is in quarantine any more. Return them as they were; raise UsageError, and
    change nothing, when one of them is unknown or in another state.
    """
    return _decide(workspace, keys, DispatchState.READY, RETRIED)


def settle(workspace: Workspace, *keys: str) -> list[LedgerRow]:
    """Mark doubtful dispatches as sent: a person has found out that they arrived. As `retry` otherwise."""
    return _decide(workspace, keys, DispatchState.SENT, {DispatchState.IN_DOUBT})


def cancel(workspace: Workspace, *keys: str) -> list[LedgerRow]:
    """Call off dispatches that have not gone out. As `retry` otherwise."""
    return _decide(workspace, keys, DispatchState.CANCELLED, CANCELLED)


def release(workspace: Workspace, scope: str, *, dry_run: bool = False) -> list[LedgerRow]:
    """Let everything of *scope* that is held go, and return it as it was; a person has looked at it."""
    with workspace.store.begin(rehearsal=dry_run) as tx:
        held = tx.ledger(**(within(scope) | Asked(states=(DispatchState.HELD,))))
        return _overrule(tx, workspace, held, DispatchState.READY)


def within(scope: str) -> Asked:
    """Return what asks for the client and the programme of *scope*; for everything when it is empty."""
    if not scope:
        return Asked()
    where = Scope.parse(scope)
    return Asked(client=where.client, programme=where.programme)


def _decide(
    workspace: Workspace, keys: Iterable[str], state: DispatchState, allowed: Collection[DispatchState]
) -> list[LedgerRow]:
    with workspace.store.begin() as tx:
        found = [_known(tx, key) for key in dict.fromkeys(keys)]
        wrong = [row for row in found if row.state not in allowed]
        if wrong:
            which = f" {wrong[0].dispatch.key!r}" if len(found) > 1 else ""
            raise UsageError(
                f"the dispatch{which} is {wrong[0].state}", hint=f"this works for: {', '.join(sorted(allowed))}"
            )
        return _overrule(tx, workspace, found, state)


def _overrule(
    tx: Transaction, workspace: Workspace, found: Sequence[LedgerRow], state: DispatchState
) -> list[LedgerRow]:
    """Put the rows into *state*, and have the flags that speak of what was held reckoned anew."""
    now = workspace.clock.now()
    for row in found:
        tx.overrule(row.dispatch.key, state, at=now)
        if state is DispatchState.READY:
            _lift(tx, row)
    for scope in {
        f"{row.dispatch.client}/{row.dispatch.programme}" for row in found if row.state is DispatchState.HELD
    }:
        tx.set_next_due(scope, None)
    return list(found)


def _lift(tx: Transaction, row: LedgerRow) -> None:
    """Let the address of what had failed live again."""
    address = address_of(row.dispatch, tx.parcel(row.dispatch.key)) if row.state is DispatchState.FAILED else ""
    if address:
        tx.lift(address)


def _known(tx: Transaction, key: str) -> LedgerRow:
    row = tx.row(key)
    if row is None:
        raise UsageError(f"there is no dispatch {key!r}", hint="see: convener ledger list")
    return row
