"""`ledger`: what was dispatched, and what became of it."""

from collections.abc import Iterable
from datetime import datetime

from convener.errors import UsageError
from convener.model import UNSENT, DispatchState, LedgerRow, Parcel
from convener.operations.workspace import Scope, Workspace


def rows(
    workspace: Workspace, scope: str = "", *, states: Iterable[DispatchState] = (), person: str = ""
) -> list[LedgerRow]:
    """Return the dispatches of *scope*, oldest due first, perhaps only of some states or to one address or id."""
    where = Scope.parse(scope) if scope else Scope("")
    with workspace.store.begin() as tx:
        return tx.ledger(client=where.client, programme=where.programme, states=tuple(states), person=person)


def show(workspace: Workspace, key: str) -> tuple[LedgerRow, Parcel | None]:
    """Return one dispatch with its frozen content; raise UsageError when there is none of that key."""
    with workspace.store.begin() as tx:
        return _known(tx.row(key), key), tx.parcel(key)


def retry(workspace: Workspace, key: str) -> None:
    """Let a failed, held or doubtful dispatch go out again; a person has decided that it did not arrive."""
    _decide(workspace, key, DispatchState.READY, {DispatchState.FAILED, DispatchState.IN_DOUBT, DispatchState.HELD})


def release(workspace: Workspace, scope: str, *, dry_run: bool = False) -> list[LedgerRow]:
    """Let everything of *scope* that is held go out, and return it; a person has looked at it."""
    now = workspace.clock.now()
    where = Scope.parse(scope)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        held = tx.ledger(client=where.client, programme=where.programme, states=(DispatchState.HELD,))
        for row in held:
            tx.overrule(row.dispatch.key, DispatchState.READY, at=now)
        for scope_held in {f"{row.dispatch.client}/{row.dispatch.programme}" for row in held}:
            tx.set_next_due(scope_held, None)  # the flags that spoke of it are reckoned anew
    return held


def settle(workspace: Workspace, key: str) -> None:
    """Mark a doubtful dispatch as sent; a person has found out that it arrived."""
    _decide(workspace, key, DispatchState.SENT, {DispatchState.IN_DOUBT})


def cancel(workspace: Workspace, key: str) -> None:
    """Call off a dispatch that has not gone out."""
    _decide(workspace, key, DispatchState.CANCELLED, {*UNSENT, DispatchState.FAILED, DispatchState.IN_DOUBT})


def _decide(workspace: Workspace, key: str, state: DispatchState, allowed: set[DispatchState]) -> None:
    now: datetime = workspace.clock.now()
    with workspace.store.begin() as tx:
        row = _known(tx.row(key), key)
        if row.state not in allowed:
            raise UsageError(f"the dispatch is {row.state}", hint=f"this works for: {', '.join(sorted(allowed))}")
        tx.overrule(key, state, at=now)
        if row.state is DispatchState.HELD:
            tx.set_next_due(f"{row.dispatch.client}/{row.dispatch.programme}", None)


def _known(row: LedgerRow | None, key: str) -> LedgerRow:
    if row is None:
        raise UsageError(f"there is no dispatch {key!r}", hint="see: convener ledger list")
    return row
