"""`go`: a draft programme goes live, and what is due may go out from now on (R30)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from convener.errors import UsageError
from convener.model import ProgrammeState, SessionStatus, event_of
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
    """Set *scope* live; raise UsageError when it is not a draft or has no pods."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        if before.state is not ProgrammeState.DRAFT:
            raise UsageError(f"{ruleset.scope} is {before.state} already")
        if not before.pods:
            raise UsageError(f"{ruleset.scope} has no pods yet", hint=f"run: convener pods propose {ruleset.scope}")
        at = workspace.clock.now()
        after = replace(before, state=ProgrammeState.LIVE, cursor=at - timedelta(microseconds=1))
        tx.save(before, after, (event_of("programme.live", ruleset.scope, ruleset.programme, at=at),))
        tx.set_next_due(ruleset.scope, None)
    dated = [session for session in after.sessions.values() if session.status is SessionStatus.CONFIRMED]
    return GoReport(
        scope=ruleset.scope,
        participants=len({row.person for row in after.memberships if row.until is None}),
        pods=len(after.pods),
        confirmed=len(dated),
        unscheduled=len(after.sessions) - len(dated),
    )
