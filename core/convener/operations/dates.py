"""`dates`: propose, show, accept and move (R10 to R12)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from convener.errors import UsageError
from convener.model import (
    Availability,
    Conflict,
    DateProposal,
    Event,
    MoveSession,
    PollRequest,
    ProposedSession,
    Register,
    Session,
    SessionStatus,
    event_of,
)
from convener.operations import proposals
from convener.operations.change import ChangeReport, change
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.planning import propose_dates, read_availability
from convener.ports import Table
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction


def propose(
    workspace: Workspace, scope: str, *, answers: Path | None = None, seed: int = 1, seconds: float = 20
) -> tuple[DateProposal, tuple[str, ...]]:
    """Plan all dates of *scope* from the answers to its dates poll; return the proposal and notices on the answers.

    *answers* names a file; without it the polls connector of the stack is asked.
    """
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    table = _answers(workspace, ruleset, answers)
    with workspace.store.begin() as tx:
        register = _with_pods(tx, ruleset)
        at = moment(workspace.clock, register)
        commitments = tx.commitments(ruleset.scope, max(local_day(at, ruleset), ruleset.starts))
    availability, notices = read_availability(table, register, ruleset)
    found = propose_dates(
        ruleset, register, availability, earliest=at, commitments=commitments, seed=seed, seconds=seconds
    )
    if isinstance(found, Conflict):
        raise proposals.impossible(found, ruleset.files[-1])
    with workspace.store.begin() as tx:
        proposals.keep(tx, ruleset.scope, "dates", found, at=at)
        before = tx.load(ruleset.client, ruleset.programme)
        after = answered(before, ruleset, availability, at=at)
        tx.save(before, after, ())
    return found, notices


def show(workspace: Workspace, scope: str) -> tuple[DateProposal, Register]:
    """Return the last proposal and the register that names its people."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = _with_pods(tx, ruleset)
        return proposals.last(tx, ruleset.scope, "dates", DateProposal), register


def accept(workspace: Workspace, scope: str, *, dry_run: bool = False) -> Register:
    """Confirm every session of the last proposal; raise UsageError when the pods changed since."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = _with_pods(tx, ruleset)
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


def answered(register: Register, ruleset: Ruleset, availability: Availability, *, at: datetime) -> Register:
    """Mark the open dates polls of everyone whose answers are in, so that nobody who answered is chased (P8)."""
    dates_polls = {poll.id for poll in ruleset.polls.values() if poll.kind == "dates"}

    def mark(request: PollRequest) -> PollRequest:
        known = request.poll in dates_polls and request.person in availability.answers
        return replace(request, answered=at) if known and request.answered is None else request

    return replace(register, polls={key: mark(request) for key, request in register.polls.items()})


def _answers(workspace: Workspace, ruleset: Ruleset, path: Path | None) -> Table:
    if path is not None:
        return workspace.connectors.roster(ruleset.stack["roster"][0]).read_roster(str(path))
    table = workspace.dates_answers(ruleset)
    if table is None:
        raise UsageError(
            f"nobody has answered the dates poll of {ruleset.scope} yet", hint="name a file: --answers answers.csv"
        )
    return table


def _with_pods(tx: Transaction, ruleset: Ruleset) -> Register:
    register = tx.load(ruleset.client, ruleset.programme)
    if not register.pods:
        raise UsageError(
            f"{ruleset.scope} has no pods yet",
            hint=f"run: convener pods propose {ruleset.scope}, then: convener pods accept {ruleset.scope}",
        )
    return register


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
