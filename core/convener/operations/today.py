"""`today`: everything across all clients that needs a human, worst first, each with what settles it (R25)."""

from datetime import datetime, timedelta

from convener.model import DispatchState, Flag, LedgerRow
from convener.operations.health import health_flags, read_health
from convener.operations.workspace import Workspace

WORST_FIRST = ("high", "medium", "low")
OVERDUE = timedelta(hours=1)
"""After how long a dispatch that is due and unsent needs a look."""


def today(workspace: Workspace) -> list[Flag]:
    """Return every flag there is, and one for each dispatch in doubt, failed, or due and unsent.

    What is held is told by the flag of the guard that holds it, however much it is, and one by one only when there
    is no such flag any more. Rules that the daemon refuses or leaves out are among them, as it last said.
    """
    now = workspace.clock.now()
    with workspace.store.begin() as tx:
        flags = tx.flags()
        stuck = tx.ledger(states=(DispatchState.IN_DOUBT, DispatchState.FAILED, DispatchState.HELD))
        waiting = tx.ledger(states=(DispatchState.READY, DispatchState.RETRY))
    late = [row for row in waiting if row.dispatch.due + OVERDUE < now]
    health = read_health(workspace.folder)
    refused = health_flags(health) if health else ()
    told = {"/".join(flag.id.split("/", 3)[:3]) for flag in flags}
    untold = (row for row in stuck if row.state is not DispatchState.HELD or _guard(row) not in told)
    found = [*flags, *refused, *map(_stuck, untold), *(_late(row, now) for row in late)]
    return sorted(found, key=lambda flag: (WORST_FIRST.index(flag.severity), flag.since, flag.id))


def _guard(row: LedgerRow) -> str:
    """Return how the flags of the volume guard that holds *row* begin."""
    return f"{row.dispatch.client}/{row.dispatch.programme}/{row.error}"


def _stuck(row: LedgerRow) -> Flag:
    words = {
        DispatchState.IN_DOUBT: ("high", "may or may not have arrived", "ledger settle"),
        DispatchState.FAILED: ("medium", f"could not be delivered ({row.error})", "ledger retry"),
        DispatchState.HELD: ("medium", "is held for a decision", "ledger retry"),
    }
    severity, what, command = words[row.state]
    return _flag(row, severity, what, f"convener {command} '{row.dispatch.key}'")


def _late(row: LedgerRow, now: datetime) -> Flag:
    hours = int((now - row.dispatch.due).total_seconds() // 3600)
    return _flag(row, "high", f"is due since {hours} h and not sent", "convener tick")


def _flag(row: LedgerRow, severity: str, what: str, settle: str) -> Flag:
    dispatch = row.dispatch
    return Flag(
        id=f"ledger:{dispatch.key}",
        severity=severity,
        client=dispatch.client,
        programme=dispatch.programme,
        subject=dispatch.subject,
        since=row.settled or dispatch.due,
        text=f"{dispatch.what} by {dispatch.channel} {what}",
        settle=settle,
    )
