"""`dates accept` and `dates move`: confirm what was proposed, and move one session (R10, R12)."""

from dataclasses import replace
from datetime import datetime

from convener.errors import UsageError
from convener.model import DateProposal, Event, MoveSession, ProposedSession, Register, Session, SessionStatus, event_of
from convener.operations import proposals
from convener.operations.change import ChangeReport, change
from convener.operations.dates.proposing import with_pods
from convener.operations.workspace import Scope, Workspace, moment
from convener.rulesets.ruleset import Ruleset


def accept(workspace: Workspace, scope: str, *, dry_run: bool = False) -> Register:
    """Confirm every session of the last proposal; raise UsageError when the pods changed since."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = with_pods(tx, ruleset)
        proposal = proposals.last(tx, ruleset.scope, "dates", DateProposal)
        _refuse_stale(before, proposal, ruleset)
        after, events = accepted(before, proposal, at=moment(workspace.clock, before))
        tx.save(before, after, events)
    return after


def accepted(register: Register, proposal: DateProposal, *, at: datetime) -> tuple[Register, tuple[Event, ...]]:
    """Return *register* with the sessions of *proposal* confirmed, and one event for each that is new or moved."""
    sessions, events = dict(register.sessions), list[Event]()
    for proposed in proposal.sessions:
        session = _confirmed(sessions[f"{proposed.pod}/{proposed.number}"], proposed)
        known = sessions[session.id]
        if (known.status, known.starts, known.ends) == (session.status, session.starts, session.ends):
            continue
        name = "session.moved" if known.status is SessionStatus.CONFIRMED else "session.confirmed"
        events.append(event_of(name, register.scope, session.id, at=at))
        sessions[session.id] = session
    return replace(register, sessions=sessions), tuple(events)


def move(workspace: Workspace, scope: str, *, to: datetime, dry_run: bool = False) -> ChangeReport:
    """Move one confirmed session to another start; raise RefusedError when an inflexible rule stands against it."""
    where = Scope.parse(scope)
    return change(workspace, where.of_programme, MoveSession(session=where.session_id, starts=to), dry_run=dry_run)


def _refuse_stale(register: Register, proposal: DateProposal, ruleset: Ruleset) -> None:
    """Raise UsageError when a proposed session is unknown, or someone counted on is no longer in its pod."""
    for proposed in proposal.sessions:
        members = set(register.members(proposed.pod, proposed.starts.date()))
        known = f"{proposed.pod}/{proposed.number}" in register.sessions
        if not known or members != {*proposed.coming, *proposed.absent}:
            raise UsageError(
                f"{proposed.pod} changed since these dates were proposed",
                hint=f"run: convener dates propose {ruleset.scope}",
            )


def _confirmed(session: Session, proposed: ProposedSession) -> Session:
    if session.status in {SessionStatus.HELD, SessionStatus.CANCELLED}:
        return session
    return replace(
        session,
        status=SessionStatus.CONFIRMED,
        starts=proposed.starts,
        ends=proposed.ends,
        zone=proposed.zone,
    )
