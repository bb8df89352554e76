"""`today`: everything across all clients that needs a human, worst first, each with what settles it (R25)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from convener.model import DispatchState, Flag, LedgerRow
from convener.model.dispatches import QUARANTINED
from convener.operations.delivery.outcomes import SUPPRESSED
from convener.operations.delivery.recovery import DEATHS
from convener.operations.health import health_flags, read_health
from convener.operations.tick import LEFT_ALONE
from convener.operations.workspace import Workspace

WORST_FIRST = ("high", "medium", "low")
OVERDUE = timedelta(hours=1)
"""After how long a dispatch that is due and unsent needs a look."""
SINGLY = 5
"""How many that are late of one programme and connector are listed one by one."""


def today(workspace: Workspace) -> list[Flag]:
    """Return every flag there is, and those of what is stuck in the ledger or keeps a tick from ending.

    That nothing at all goes out of this database comes before everything else.
    What is held is told by the flag of the guard that holds it, however much it is, and one by one only when there
    is no such flag any more. Rules that the daemon refuses or leaves out, and connectors it leaves alone, are among
    them, as it last said.
    """
    now = workspace.clock.now()
    with workspace.store.begin() as tx:
        flags = tx.flags()
        stuck = tx.ledger(states=(DispatchState.IN_DOUBT, DispatchState.FAILED, DispatchState.HELD))
        late = tx.ledger(states=(DispatchState.READY, DispatchState.RETRY), until=now - OVERDUE)
        tries = tx.tries()
    health = read_health(workspace.folder)
    refused = health_flags(health) if health else ()
    found = [*flags, *refused, *_stuck(stuck, flags), *_late(late, now), *_left_alone(tries, now)]
    found.sort(key=lambda flag: (WORST_FIRST.index(flag.severity), flag.since, flag.id))
    return [*_hold(workspace.store.standing().hold, now), *found]


def _hold(hold: str, now: datetime) -> Iterator[Flag]:
    """Yield the flag of a database that nothing may go out of."""
    if hold:
        text = f"nothing goes out of this database: {hold}"
        yield Flag(
            id="store:hold",
            severity="high",
            client="",
            programme="",
            subject="",
            since=now,
            text=text,
            settle="convener db adopt --dry-run",
        )


def _stuck(rows: Iterable[LedgerRow], flags: Iterable[Flag]) -> Iterator[Flag]:
    """Yield a flag for each row that waits for a person; one for all that do not go to the same suppressed address."""
    told = {"/".join(flag.id.split("/", 3)[:3]) for flag in flags}
    suppressed: dict[tuple[str, str], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.error == SUPPRESSED:
            suppressed[row.dispatch.client, row.dispatch.recipient].append(row)
        elif row.state is not DispatchState.HELD or _guard(row) not in told:
            yield _waiting(row)
    for alike in suppressed.values():
        what = f"was not tried ({len(alike)} in all to this address): {SUPPRESSED}"
        yield _flag(alike[-1], "medium", what, _retry(alike[-1]))


def _guard(row: LedgerRow) -> str:
    """Return how the flags of the volume guard that holds *row* begin."""
    return f"{row.dispatch.client}/{row.dispatch.programme}/{row.error}"


def _waiting(row: LedgerRow) -> Flag:
    """Return the flag of one row that waits for a person."""
    if row.state is DispatchState.IN_DOUBT:
        settle = f"convener ledger settle '{row.dispatch.key}'"
        return _flag(row, "high", f"may or may not have arrived ({row.error})", settle)
    if row.state is DispatchState.FAILED:
        return _flag(row, "medium", f"could not be delivered ({row.error})", _retry(row))
    if row.error == QUARANTINED:
        return _flag(row, "high", f"is {QUARANTINED}", _retry(row))
    return _flag(row, "medium", "is held for a decision", _retry(row))


def _retry(row: LedgerRow) -> str:
    return f"convener ledger retry '{row.dispatch.key}'"


def _late(rows: Iterable[LedgerRow], now: datetime) -> Iterator[Flag]:
    """Yield what is due and unsent: a few by themselves, many as one of their programme and connector."""
    alike: dict[tuple[str, str, str], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        alike[row.dispatch.client, row.dispatch.programme, row.dispatch.connector].append(row)
    for several in alike.values():
        more = f", and so are {len(several) - 1} more through {several[0].dispatch.connector}"
        for row in several if len(several) <= SINGLY else several[:1]:
            hours = int((now - row.dispatch.due).total_seconds() // 3600)
            why = f" ({row.error})" if row.error else ""
            what = f"is due since {hours} h and not sent{why}{more if len(several) > SINGLY else ''}"
            yield _flag(row, "high", what, "convener tick")


def _left_alone(tries: Mapping[str, int], now: datetime) -> Iterator[Flag]:
    """Yield a flag for each programme whose decision has killed its process so often that it is left alone."""
    for scope in sorted(scope for scope, deaths in tries.items() if deaths >= DEATHS):
        client, _, programme = scope.partition("/")
        yield Flag(
            id=f"tick:{scope}",
            severity="high",
            client=client,
            programme=programme,
            subject=programme,
            since=now,
            text=LEFT_ALONE,
            settle=f"convener tick {scope}",
        )


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
