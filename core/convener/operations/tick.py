"""`tick`: decide what fell due and write it to the ledger, in the transaction that moves the cursor."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from convener.decide import Prepared, decide
from convener.decide.stage.effects import opened
from convener.decide.volume import guard
from convener.errors import ConvenerError, StoreError
from convener.model import Dispatch, DispatchState, Plan, Register
from convener.operations.delivery.recovery import DEATHS
from convener.operations.parcels import ParcelMaker
from convener.operations.standing import require_free
from convener.operations.workspace import Workspace
from convener.store import Entry, Transaction

NEVER = datetime.max.replace(tzinfo=UTC)
"""Stands for a programme that has nothing more to do."""
LEFT_ALONE = f"left alone: the process ended {DEATHS} times while it was decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What a tick wrote."""

    planned: tuple[Dispatch, ...] = ()
    held: dict[str, str] = field(default_factory=dict)
    """Of those planned, the keys that wait for a person, and the volume guard that holds each."""
    missed: int = 0
    flags: int = 0
    next_due: datetime | None = None
    """When the next tick would find something."""
    failures: tuple[tuple[str, str], ...] = ()
    """Programmes that could not be decided, and why; the others were."""


def tick(
    workspace: Workspace, scope: str = "", *, at: datetime | None = None, dry_run: bool = False, insist: bool = False
) -> TickReport:
    """Decide every live programme within *scope* that is due at *at*; one that fails does not stop the others (P14).

    Which are due is found by index: programmes with nothing to do cost nothing, however many there are. One whose
    decision has ended its process DEATHS times is left alone, unless a person *insists* (fault 17). Raise HeldError
    while nothing may go out.
    """
    if not dry_run:
        require_free(workspace)
    now = at or workspace.clock.now()
    fresh, suspects = _due(workspace, scope, now, dry_run=dry_run)
    reports = [_decided(workspace, programme, now, dry_run=dry_run) for programme in fresh]
    for programme, deaths in suspects.items():
        if deaths >= DEATHS and not insist:
            reports.append(TickReport(failures=((programme, LEFT_ALONE),)))
            continue
        with workspace.store.begin(rehearsal=dry_run) as tx:
            tx.begin_deciding([programme])
        reports.append(_decided(workspace, programme, now, dry_run=dry_run))
    return replace(together(reports), next_due=_next(workspace, scope, now, reports))


def _due(workspace: Workspace, scope: str, now: datetime, *, dry_run: bool) -> tuple[list[str], dict[str, int]]:
    """Return the programmes to ask; when a client's rules differ from those last decided by, all of its.

    Each has a try counted before it is decided. Those that were begun before and never ended come apart, with how
    often: they are begun one by one, after the others, so that one that kills its process is counted alone.
    """
    asked = scope.partition("/")[0]
    clients = (client for client in workspace.rules.clients() if asked in ("", client))
    stamps = {client: workspace.rules.stamp(client) for client in clients}
    with workspace.store.begin(rehearsal=dry_run) as tx:
        tx.stamp_rules(stamps)
        due = tx.due(now, scope)
        tries = tx.tries() if due else {}
        fresh = [programme for programme in due if programme not in tries]
        tx.begin_deciding(fresh)
    return fresh, {programme: tries[programme] for programme in due if programme in tries}


def _decided(workspace: Workspace, programme: str, now: datetime, *, dry_run: bool) -> TickReport:
    """Decide one programme; what goes wrong is told and ends nothing else."""
    try:
        return _tick_programme(workspace, programme, now, dry_run=dry_run)
    except ConvenerError as error:
        why = str(error)
    except Exception as error:  # noqa: BLE001 - what nobody foresaw in one programme must not stop the others
        why = f"internal error {type(error).__name__}, please report"
    with suppress(StoreError), workspace.store.begin(rehearsal=dry_run) as tx:
        tx.decided(programme)  # it failed, and did not take the process with it
    return TickReport(failures=((programme, why),))


def _next(workspace: Workspace, scope: str, now: datetime, reports: Iterable[TickReport]) -> datetime | None:
    """Return when to ask again: what the store says of all, and what a rehearsal did not write into it."""
    with workspace.store.begin() as tx:
        known = tx.earliest_due(now, scope)
    dues = [due for due in (known, *(report.next_due for report in reports)) if due not in (None, NEVER)]
    return min((due for due in dues if due), default=None)


def _tick_programme(workspace: Workspace, scope: str, now: datetime, *, dry_run: bool) -> TickReport:
    prepared = workspace.rules.prepared(scope)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        tx.decided(scope)
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
        if register.cursor is not None and now < register.cursor:
            return TickReport(next_due=tx.next_due(scope))
        plan = due_plan(tx, prepared, register, now)
        return write_plan(workspace, tx, prepared, register, plan)


def due_plan(tx: Transaction, prepared: Prepared, register: Register, now: datetime) -> Plan:
    """Return what is due at *now* and the ledger does not know yet, judged by the volume guard."""
    plan = decide(prepared, register, register.cursor or now, now)
    fresh = replace(plan, dispatches=unknown(tx, plan.dispatches), missed=unknown(tx, plan.missed))
    tx.take_turn(register)
    traffic = tx.traffic(prepared.ruleset.scope, register, now, prepared.ruleset.zone)
    return guard(prepared, register, fresh, traffic)


def write_plan(workspace: Workspace, tx: Transaction, prepared: Prepared, register: Register, plan: Plan) -> TickReport:
    """Write dispatches, flags, opened polls and the cursor together; *plan* is fresh and ends now."""
    scope, now = prepared.ruleset.scope, plan.until
    after = replace(register, cursor=now, polls={**opened(plan), **register.polls})
    maker = ParcelMaker.of(workspace.renderer, workspace.settings, prepared.ruleset, after)
    rows: list[Entry] = [(each, maker.make(each, at=now), _state(plan, each)) for each in plan.dispatches]
    rows += [(each, None, DispatchState.MISSED) for each in plan.missed]
    tx.save(register, after, ())
    tx.add(rows, at=now, held=plan.held)
    tx.put_flags(scope, plan.flags)
    tx.set_next_due(scope, plan.next_due or NEVER)
    return TickReport(
        planned=plan.dispatches,
        held=dict(plan.held),
        missed=len(plan.missed),
        flags=len(plan.flags),
        next_due=plan.next_due,
    )


def _state(plan: Plan, dispatch: Dispatch) -> DispatchState:
    return DispatchState.HELD if dispatch.key in plan.held else DispatchState.READY


def unknown(tx: Transaction, dispatches: Sequence[Dispatch]) -> tuple[Dispatch, ...]:
    """Return those of *dispatches* that the ledger does not hold."""
    known = tx.known(dispatch.key for dispatch in dispatches)
    return tuple(dispatch for dispatch in dispatches if dispatch.key not in known)


def together(reports: Iterable[TickReport]) -> TickReport:
    """Return what several ticks wrote as one report, without when the next one would find something."""
    every = list(reports)
    return TickReport(
        planned=tuple(dispatch for report in every for dispatch in report.planned),
        held={key: rule for report in every for key, rule in report.held.items()},
        missed=sum(report.missed for report in every),
        flags=sum(report.flags for report in every),
        failures=tuple(failure for report in every for failure in report.failures),
    )
