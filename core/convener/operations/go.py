"""`go`: a draft programme goes live, and what is due may go out from now on (R30)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from convener.decide import Prepared, unmet
from convener.errors import RefusedError, UsageError
from convener.model import ProgrammeState, Register, SessionStatus, event_of
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
        if before.state is not ProgrammeState.DRAFT:
            raise UsageError(f"{ruleset.scope} is {before.state} already")
        if not before.pods:
            raise UsageError(f"{ruleset.scope} has no pods yet", hint=f"run: convener pods propose {ruleset.scope}")
        at = workspace.clock.now()
        _refuse_unmet(prepared, before, at)
        after = replace(before, state=ProgrammeState.LIVE, cursor=at - timedelta(microseconds=1))
        tx.save(before, after, (event_of("programme.live", ruleset.scope, ruleset.programme, at=at),))
    dated = [session for session in after.sessions.values() if session.status is SessionStatus.CONFIRMED]
    return GoReport(
        scope=ruleset.scope,
        participants=len({row.person for row in after.memberships if row.until is None}),
        pods=len(after.pods),
        confirmed=len(dated),
        unscheduled=len(after.sessions) - len(dated),
    )


def _refuse_unmet(prepared: Prepared, register: Register, at: datetime) -> None:
    """Raise RefusedError when an inflexible `require` rule does not hold for everyone."""
    broken = [(rule, subject) for rule, subject in unmet(prepared, register, at) if rule.inflexible]
    if not broken:
        return
    whom = {rule.id: [_named(register, subject) for known, subject in broken if known is rule] for rule, _ in broken}
    text = "; ".join(f"rule {rule} does not hold for {', '.join(names)}" for rule, names in whom.items())
    raise RefusedError(text, rules=tuple(whom), hint=broken[0][0].why)


def _named(register: Register, subject: str) -> str:
    return register.people[subject].email if subject in register.people else subject
