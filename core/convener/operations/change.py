"""`change`: one typed, dated alteration of the register, with all its effects (R2, N3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from convener.decide import Prepared, apply_change
from convener.decide.changes.outdated import Outdated, outdated_by
from convener.model import UNSENT, Change, Dispatch, Event, Person, Register
from convener.operations.difference import Difference, differ
from convener.operations.people import find_person
from convener.operations.plan import outlook
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.store import Transaction

HORIZON = timedelta(days=400)
"""How far the difference of two outlooks looks ahead, unless somebody says otherwise."""
NAMED = frozenset({"person", "coach"})
"""Fields of a change that may hold an address instead of an id."""


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
    called_off: tuple[Dispatch, ...] = ()
    """In the ledger and not sent; they no longer go out, unless they are planned again."""
    difference: Difference | None = None
    """What goes out and is flagged otherwise because of it (dry run only)."""


def change(
    workspace: Workspace, scope: str, what: Change, *, dry_run: bool = False, until: datetime | None = None
) -> ChangeReport:
    """Apply *what* to *scope*; raise RefusedError naming the rule when an inflexible rule stands against it.

    People and coaches in *what* may be named by address. Everything happens in one transaction, or nothing does. A
    dry run does the same, compares what `plan` says before and after it up to *until*, and undoes it.
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    ruleset = prepared.ruleset
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        at = moment(workspace.clock, before)
        named = _by_id(before, what)
        commitments = tx.commitments(ruleset.scope, local_day(at, ruleset))
        changed = apply_change(prepared, before, named, at, commitments=commitments)
        old = outlook(tx, prepared, before, until or at + HORIZON, at) if dry_run else None
        called_off = _call_off(tx, before, outdated_by(before, named), at)
        events = tx.save(before, changed.register, changed.events)
        new = outlook(tx, prepared, _as_saved(tx, prepared), old.until, at) if old else None
    return ChangeReport(
        events=events,
        notes=changed.notes,
        zone=ruleset.zone,
        people=changed.register.people,
        called_off=called_off,
        difference=differ(old, new) if old and new else None,
    )


def _by_id(register: Register, what: Change) -> Change:
    """Put ids where a person typed addresses."""
    typed = (each.name for each in fields(what) if each.name in NAMED)
    ids: dict[str, Any] = {name: find_person(register, getattr(what, name)).id for name in typed}
    return replace(what, **ids)


def _call_off(tx: Transaction, register: Register, outdated: Outdated | None, at: datetime) -> tuple[Dispatch, ...]:
    """Call off what is planned but not sent and no longer true; what still is gets planned again (P3)."""
    if outdated is None:
        return ()
    client, programme = register.client, register.programme
    waiting = tx.ledger(client=client, programme=programme, states=UNSENT)
    tx.call_off(client, programme, session=outdated.session, recipient=outdated.recipient, at=at)
    return tuple(row.dispatch for row in waiting if outdated.covers(row.dispatch))


def _as_saved(tx: Transaction, prepared: Prepared) -> Register:
    return tx.load(prepared.ruleset.client, prepared.ruleset.programme)
