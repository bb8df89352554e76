"""`tick`: decide what fell due and write it to the ledger, in the transaction that moves the cursor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from convener.decide import Prepared, decide
from convener.errors import ConvenerError
from convener.model import (
    Dispatch,
    DispatchState,
    Parcel,
    Plan,
    PollRequest,
    ProgrammeState,
    Register,
)
from convener.operations.parcels import ParcelMaker
from convener.operations.workspace import Workspace
from convener.store import Transaction

NEVER = datetime.max.replace(tzinfo=UTC)
"""Stands for a programme that has nothing more to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What a tick wrote."""

    planned: tuple[Dispatch, ...] = ()
    missed: int = 0
    flags: int = 0
    next_due: datetime | None = None
    """When the next tick would find something."""
    failures: tuple[tuple[str, str], ...] = ()
    """Programmes that could not be decided, and why; the others were."""


def tick(workspace: Workspace, scope: str = "", *, at: datetime | None = None, dry_run: bool = False) -> TickReport:
    """Decide every live programme within *scope* up to *at*; one that fails does not stop the others (P14)."""
    now = at or workspace.clock.now()
    reports: list[TickReport] = []
    for programme in live_scopes(workspace, scope):
        try:
            reports.append(_tick_programme(workspace, programme, now, dry_run=dry_run))
        except ConvenerError as error:
            reports.append(TickReport(failures=((programme, str(error)),)))
    return _together(reports)


def live_scopes(workspace: Workspace, scope: str = "") -> list[str]:
    """Return the live programmes within *scope*, or all of them."""
    with workspace.store.begin() as tx:
        known = tx.scopes()
    live = [f"{client}/{programme}" for client, programme, state in known if state is ProgrammeState.LIVE]
    return [name for name in live if not scope or name == scope or name.startswith(f"{scope}/")]


def _tick_programme(workspace: Workspace, scope: str, now: datetime, *, dry_run: bool) -> TickReport:
    prepared = workspace.rules.prepared(scope)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        due = tx.next_due(scope)
        if due is not None and now < due and workspace.rules.decided.get(scope) is prepared:
            return TickReport(next_due=due)
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
        since = register.cursor or now
        if now < since:
            return TickReport(next_due=due)
        plan = decide(prepared, register, since, now)
        report = _write(workspace, tx, prepared, register, plan)
    if not dry_run:
        workspace.rules.decided[scope] = prepared
    return report


def _write(workspace: Workspace, tx: Transaction, prepared: Prepared, register: Register, plan: Plan) -> TickReport:
    """Write dispatches, flags, opened polls and the cursor together."""
    scope, now = prepared.ruleset.scope, plan.until
    after = replace(register, cursor=now, polls={**opened(plan), **register.polls})
    fresh = _unknown(tx, plan.dispatches)
    missed = _unknown(tx, plan.missed)
    maker = ParcelMaker.of(workspace.renderer, workspace.settings, prepared.ruleset, after)
    rows: list[tuple[Dispatch, Parcel | None, DispatchState]] = [
        (d, maker.make(d, at=now), DispatchState.READY) for d in fresh
    ]
    rows += [(dispatch, None, DispatchState.MISSED) for dispatch in missed]
    tx.save(register, after, ())
    tx.add(rows, at=now)
    tx.put_flags(scope, plan.flags)
    tx.set_next_due(scope, plan.next_due or NEVER)
    return TickReport(planned=tuple(fresh), missed=len(missed), flags=len(plan.flags), next_due=plan.next_due)


def _unknown(tx: Transaction, dispatches: Sequence[Dispatch]) -> list[Dispatch]:
    known = tx.known(dispatch.key for dispatch in dispatches)
    return [dispatch for dispatch in dispatches if dispatch.key not in known]


def opened(plan: Plan) -> dict[tuple[str, str, str], PollRequest]:
    """Return the polls that open with *plan*, as the register keeps them."""
    return {
        (o.poll, o.subject, o.person): PollRequest(
            poll=o.poll, subject=o.subject, person=o.person, opened=o.opens, closes=o.closes
        )
        for o in plan.openings
    }


def _together(reports: Iterable[TickReport]) -> TickReport:
    every = list(reports)
    dues = [report.next_due for report in every if report.next_due]
    return TickReport(
        planned=tuple(dispatch for report in every for dispatch in report.planned),
        missed=sum(report.missed for report in every),
        flags=sum(report.flags for report in every),
        next_due=min(dues, default=None),
        failures=tuple(failure for report in every for failure in report.failures),
    )
