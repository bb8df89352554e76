"""`go`: a draft programme goes live, and what is due may go out from now on (R30)."""

from dataclasses import dataclass

from convener.decide.changes.live import go_live
from convener.model import SessionStatus
from convener.operations.workspace import Scope, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class GoReport:
    """What went live."""

    scope: str
    participants: int
    pods: int
    confirmed: int
    """Sessions with a date."""
    unscheduled: int
    """Sessions still without one."""


def go(workspace: Workspace, scope: str, *, dry_run: bool = False) -> GoReport:
    """Set *scope* live; raise UsageError when it is not a draft or has no pods.

    Raise RefusedError naming an inflexible `require` rule that somebody does not meet (R27).
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    ruleset = prepared.ruleset
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        changed = go_live(prepared, before, workspace.clock.now())
        after = changed.register
        tx.save(before, after, changed.events)
    dated = [session for session in after.sessions.values() if session.status is SessionStatus.CONFIRMED]
    return GoReport(
        scope=ruleset.scope,
        participants=len({row.person for row in after.memberships if row.until is None}),
        pods=len(after.pods),
        confirmed=len(dated),
        unscheduled=len(after.sessions) - len(dated),
    )
