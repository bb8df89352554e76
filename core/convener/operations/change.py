"""`change`: one typed, dated alteration of the register, with all its effects (R2, N3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from convener.decide import Changed, Prepared, apply_change, forecast
from convener.model import (
    Change,
    Dispatch,
    Event,
    MovePod,
    MoveSession,
    NewManager,
    Person,
    Plan,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.people import find_person
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.store import Transaction

HORIZON = timedelta(days=400)
"""How far the difference of two forecasts looks ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """What a change did, or would do."""

    events: tuple[Event, ...]
    notes: tuple[str, ...]
    """Flexible rules it breaches, and what else a person should know."""
    zone: str
    """Zone of the programme, to show times in."""
    people: Mapping[str, Person] = field(repr=False)
    """The people of the programme by id, to name recipients by address."""
    called_off: int = 0
    """Dispatches planned but not sent that no longer go out."""
    appearing: tuple[Dispatch, ...] = ()
    """Dispatches that will go out because of it (dry run only)."""
    disappearing: tuple[Dispatch, ...] = ()
    """Dispatches that will no longer go out (dry run only)."""


def change(workspace: Workspace, scope: str, what: Change, *, dry_run: bool = False) -> ChangeReport:
    """Apply *what* to *scope*; raise RefusedError naming the rule when an inflexible rule stands against it.

    People and coaches in *what* may be named by address.
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    ruleset = prepared.ruleset
    with workspace.store.begin() as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        at = moment(workspace.clock, before)
        named = _by_id(before, what)
        commitments = tx.commitments(ruleset.scope, local_day(at, ruleset))
        changed = apply_change(ruleset, before, named, at, commitments=commitments)
        if dry_run:
            return _difference(prepared, before, changed, at)
        called_off = _call_off(tx, before, named, at)
        tx.save(before, changed.register, changed.events)
    return ChangeReport(
        events=changed.events,
        notes=changed.notes,
        zone=ruleset.zone,
        people=changed.register.people,
        called_off=called_off,
    )


def _by_id(register: Register, what: Change) -> Change:
    """Put ids where a person typed addresses."""
    match what:
        case Withdraw() | Second() | Return() | NewManager() | MovePod():
            return replace(what, person=find_person(register, what.person).id)
        case SwapCoach():
            return replace(what, coach=find_person(register, what.coach).id)
        case MoveSession():
            return what


def _call_off(tx: Transaction, register: Register, what: Change, at: datetime) -> int:
    """Call off what is planned but not sent and no longer true; what still is gets planned again (P3)."""
    client, programme = register.client, register.programme
    match what:
        case MoveSession():
            return tx.call_off(client, programme, session=what.session, at=at)
        case Withdraw() | Second() | MovePod():
            return tx.call_off(client, programme, recipient=what.person, at=at)
        case Return() | NewManager() | SwapCoach():
            return 0


def _difference(prepared: Prepared, before: Register, changed: Changed, at: datetime) -> ChangeReport:
    """Compare what would go out with and without the change."""
    after = replace(changed.register, events=(*before.events, *changed.events))
    old, new = (_outlook(prepared, register, at) for register in (before, after))
    gone = {d.key: d for d in old.dispatches}
    come = {d.key: d for d in new.dispatches}
    return ChangeReport(
        events=changed.events,
        notes=changed.notes,
        zone=prepared.ruleset.zone,
        people=changed.register.people,
        appearing=tuple(d for key, d in come.items() if key not in gone),
        disappearing=tuple(d for key, d in gone.items() if key not in come),
    )


def _outlook(prepared: Prepared, register: Register, at: datetime) -> Plan:
    return forecast(prepared, register, register.cursor or at, at + HORIZON)
