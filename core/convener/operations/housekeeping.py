"""`housekeep`: forget what has been kept long enough, and bring the database into order (fault 41)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from convener.decide.moments.timing import Holidays, shifted
from convener.errors import ConvenerError, UsageError
from convener.model import Span
from convener.operations.workspace import Workspace
from convener.rulesets.kinds import Retention
from convener.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class HousekeepingReport:
    """What was forgotten."""

    bodies: int = 0
    """Texts of messages that were settled long enough ago; that they went, and when, is kept."""
    notes: int = 0
    """Confidential notes on sessions that ended long enough ago."""
    copies: int = 0
    """Copies of the database that upgrades have made."""
    failures: tuple[tuple[str, str], ...] = ()
    """Programmes of which nothing was forgotten, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Before when something is old, by the rules of one programme."""

    bodies: datetime
    notes: datetime


def housekeep(workspace: Workspace) -> HousekeepingReport:
    """Forget what the client's rules of kind `retention`, or else the settings, do not let us keep.

    A programme whose rules cannot be read keeps what it has until they can: they may say that it is to be kept.
    """
    now = workspace.clock.now()
    bodies = notes = 0
    failures: list[tuple[str, str]] = []
    for scope in _scopes(workspace):
        try:
            limits = limits_of(workspace, scope, now)
            bodies += _forgotten(workspace, partial(Transaction.forget_bodies, scope=scope, before=limits.bodies))
            notes += _forgotten(workspace, partial(Transaction.forget_notes, scope=scope, before=limits.notes))
        except ConvenerError as error:
            failures.append((scope, str(error)))
    copies = workspace.store.forget_copies(_ago(now, workspace.settings.bodies))
    workspace.store.tidy()
    return HousekeepingReport(bodies=bodies, notes=notes, copies=copies, failures=tuple(failures))


def limits_of(workspace: Workspace, scope: str, now: datetime) -> Limits:
    """Return before when bodies and notes of a programme are old at *now*; the shortest rule holds.

    A programme that no file speaks of any more goes by the settings. Raise InvalidError when its rules are wrong.
    """
    settings = workspace.settings
    try:
        prepared = workspace.rules.prepared(scope)
    except UsageError:
        return Limits(bodies=_ago(now, settings.bodies), notes=_ago(now, settings.comments))
    terms = [terms for _, terms in prepared.ruleset.rules_of(Retention)]
    zone, holidays = prepared.ruleset.zone, prepared.holidays
    bodies = [each.bodies for each in terms if each.bodies] or [settings.bodies]
    comments = [each.comments for each in terms if each.comments] or [settings.comments]
    return Limits(
        bodies=max(_ago(now, span, zone, holidays) for span in bodies),
        notes=max(_ago(now, span, zone, holidays) for span in comments),
    )


def _ago(now: datetime, span: Span, zone: str = "UTC", holidays: Holidays = frozenset()) -> datetime:
    return shifted(now, span, -1, zone, holidays)


def _scopes(workspace: Workspace) -> Iterator[str]:
    with workspace.store.begin() as tx:
        found = tx.scopes()
    return (f"{client}/{programme}" for client, programme, _ in found)


def _forgotten(workspace: Workspace, some: Callable[[Transaction], int]) -> int:
    """Forget a few at a time, so that nobody waits long, until there are none; return how many there were."""
    total = 0
    while True:
        with workspace.store.begin() as tx:
            count = some(tx)
        total += count
        if not count:
            return total
