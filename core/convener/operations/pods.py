"""`pods`: propose, show, accept, freeze and swap (R6 to R9)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from convener.errors import RefusedError, UsageError
from convener.model import (
    Coaching,
    Conflict,
    Event,
    Membership,
    Pod,
    PodProposal,
    ProposedPod,
    Register,
    Seat,
    Session,
    Violation,
    event_of,
    holds,
)
from convener.operations import proposals
from convener.operations.people import find_person
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.planning import propose_pods, verify_pods
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction


def propose(workspace: Workspace, scope: str, *, seed: int = 1, seconds: float = 10) -> PodProposal:
    """Plan the pods of *scope* and keep the proposal; raise InvalidError naming the rules that cannot all hold."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    answered = _coaches_who_answered(workspace, ruleset)
    with workspace.store.begin() as tx:
        register = _enrolled(tx, ruleset)
        day = planning_day(ruleset, register, workspace)
        commitments = tx.commitments(ruleset.scope, day)
    found = propose_pods(
        ruleset, register, day=day, commitments=commitments, answered=answered, seed=seed, seconds=seconds
    )
    if isinstance(found, Conflict):
        raise proposals.impossible(found, ruleset.files[-1])
    with workspace.store.begin() as tx:
        proposals.keep(tx, ruleset.scope, "pods", found, at=workspace.clock.now())
    return found


def show(workspace: Workspace, scope: str) -> tuple[PodProposal, Register]:
    """Return the last proposal and the register that names its people."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = _enrolled(tx, ruleset)
        return proposals.last(tx, ruleset.scope, "pods", PodProposal), register


def accept(workspace: Workspace, scope: str, *, dry_run: bool = False) -> Register:
    """Make the last proposal true, from today; raise RefusedError when it breaks an inflexible rule by now."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = _enrolled(tx, ruleset)
        proposal = proposals.last(tx, ruleset.scope, "pods", PodProposal)
        at = moment(workspace.clock, before)
        _refuse_stale(before, proposal, planning_day(ruleset, before, workspace))
        _refuse_broken(_violations(tx, workspace, ruleset, before, proposal))
        after, events = accepted(before, ruleset, proposal, at=at)
        tx.save(before, after, events)
    return after


def accepted(
    register: Register, ruleset: Ruleset, proposal: PodProposal, *, at: datetime
) -> tuple[Register, tuple[Event, ...]]:
    """Return *register* with the pods, members, coaches and still unscheduled sessions of *proposal*."""
    day = local_day(at, ruleset)
    seats = {seat.person: pod.id for pod in proposal.pods for seat in pod.seats}
    coaches = {pod.id: pod.coach for pod in proposal.pods if pod.coach}
    after = replace(
        register,
        pods={**register.pods, **{pod.id: _pod(register, pod) for pod in proposal.pods}},
        memberships=_reseated(register, seats, day),
        coachings=_recoached(register, coaches, day),
        sessions={**_unscheduled(proposal.pods, ruleset), **register.sessions},
    )
    return after, (event_of("pods.accepted", ruleset.scope, ruleset.programme, at=at),)


def freeze(workspace: Workspace, scope: str, *, frozen: bool = True, dry_run: bool = False) -> Register:
    """Keep the members of one accepted pod when pods are proposed again, or let go of them."""
    where = Scope.parse(scope)
    ruleset = workspace.rules.ruleset(where.of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme)
        pod = _known_pod(before, where.pod_id)
        after = replace(before, pods={**before.pods, pod.id: replace(pod, frozen=frozen)})
        at = moment(workspace.clock, before)
        tx.save(before, after, (event_of("pod.frozen", ruleset.scope, pod.id, at=at, frozen=str(frozen).lower()),))
    return after


def swap(
    workspace: Workspace, scope: str, first: str, second: str, *, dry_run: bool = False
) -> tuple[PodProposal, tuple[Violation, ...]]:
    """Exchange two people in the proposal; raise RefusedError when an inflexible rule stands against it.

    Return the changed proposal, not yet accepted, and the flexible rules it now breaks.
    """
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        register = _enrolled(tx, ruleset)
        proposal = proposals.last(tx, ruleset.scope, "pods", PodProposal)
        changed = exchanged(proposal, find_person(register, first).id, find_person(register, second).id)
        violations = _violations(tx, workspace, ruleset, register, changed)
        _refuse_broken(violations)
        proposals.keep(tx, ruleset.scope, "pods", changed, at=workspace.clock.now())
    return changed, tuple(violation for violation in violations if not violation.inflexible)


def exchanged(proposal: PodProposal, first: str, second: str) -> PodProposal:
    """Return *proposal* with the two people in each other's pods; raise UsageError when either has no seat."""
    seats = {seat.person: pod.id for pod in proposal.pods for seat in pod.seats}
    if first not in seats or second not in seats or seats[first] == seats[second]:
        raise UsageError("both must have a seat in the proposal, in two different pods")
    other = {first: second, second: first}

    def reseat(seat: Seat) -> Seat:
        if seat.person not in other:
            return seat
        return Seat(person=other[seat.person], why=("placed here by hand",))

    pods = tuple(replace(pod, seats=tuple(reseat(seat) for seat in pod.seats)) for pod in proposal.pods)
    return replace(proposal, pods=pods)


def planning_day(ruleset: Ruleset, register: Register, workspace: Workspace) -> date:
    """Return the day that planning looks at: the first of the programme, or today once that has passed."""
    today = local_day(moment(workspace.clock, register), ruleset)
    return max(today, ruleset.starts)


def _enrolled(tx: Transaction, ruleset: Ruleset) -> Register:
    register = tx.load(ruleset.client, ruleset.programme)
    if not register.enrolments:
        raise UsageError(f"nobody is enrolled in {ruleset.scope}", hint=f"run: convener sync {ruleset.client}")
    return register


def _coaches_who_answered(workspace: Workspace, ruleset: Ruleset) -> frozenset[str] | None:
    """Return ids of coaches with at least one date they can make; None when nobody answered a dates poll yet."""
    table = workspace.dates_answers(ruleset)
    if table is None:
        return None
    address = table.header[0]
    people = {
        row.values[address] for row in table.rows if any(v not in ("", "no") for v in list(row.values.values())[1:])
    }
    return frozenset(people)


def _violations(
    tx: Transaction, workspace: Workspace, ruleset: Ruleset, register: Register, proposal: PodProposal
) -> tuple[Violation, ...]:
    day = planning_day(ruleset, register, workspace)
    return verify_pods(ruleset, register, proposal, day=day, commitments=tx.commitments(ruleset.scope, day))


def _refuse_broken(violations: Iterable[Violation]) -> None:
    broken = [violation for violation in violations if violation.inflexible]
    if broken:
        raise RefusedError("; ".join(v.text for v in broken), rules=tuple(sorted({v.rule for v in broken})))


def _refuse_stale(register: Register, proposal: PodProposal, day: date) -> None:
    """Raise UsageError when people joined or left since the proposal was made."""
    seated = {seat.person for pod in proposal.pods for seat in pod.seats}
    if seated != set(register.participants(day)):
        raise UsageError(
            f"people joined or left {register.scope} since these pods were proposed",
            hint=f"run: convener pods propose {register.scope}",
        )


def _known_pod(register: Register, pod: str) -> Pod:
    if pod not in register.pods:
        raise UsageError(
            f"there is no pod {pod!r}", hint=f"pods: {', '.join(sorted(register.pods)) or 'none accepted'}"
        )
    return register.pods[pod]


def _pod(register: Register, proposed: ProposedPod) -> Pod:
    return register.pods.get(proposed.id) or Pod(id=proposed.id, name=proposed.name)


def _reseated(register: Register, seats: Mapping[str, str], day: date) -> tuple[Membership, ...]:
    """Close memberships that end on *day* and open the new ones; one that does not change stays as it is."""
    current = {row.person: row for row in register.memberships if row.until is None or day < row.until}
    kept = [row for row in register.memberships if row.until is not None and row.until <= day]
    for person, row in current.items():
        if seats.get(person) == row.pod:
            kept.append(row)
        elif row.since < day:
            kept.append(replace(row, until=day))
    moved = {person: pod for person, pod in seats.items() if person not in current or current[person].pod != pod}
    return (*kept, *(Membership(person=person, pod=pod, since=day) for person, pod in sorted(moved.items())))


def _recoached(register: Register, coaches: Mapping[str, str], day: date) -> tuple[Coaching, ...]:
    rows: list[Coaching] = []
    for row in register.coachings:
        stays = row.pod not in coaches or coaches[row.pod] == row.coach or not holds(row, max(day, row.since))
        if stays:
            rows.append(row)
        elif row.since < day:
            rows.append(replace(row, until=day))
    served = {row.pod: row.coach for row in rows if row.until is None}
    fresh = {pod: coach for pod, coach in coaches.items() if served.get(pod) != coach}
    return (*rows, *(Coaching(pod=pod, coach=coach, since=day) for pod, coach in sorted(fresh.items())))


def _unscheduled(pods: Iterable[ProposedPod], ruleset: Ruleset) -> dict[str, Session]:
    """Return every session of *pods*, with its topic as far as it is set, still without a date."""
    sessions = [
        Session(pod=pod.id, number=number, topic=topic_of(ruleset, number), zone=ruleset.zone)
        for pod in pods
        for number in range(1, ruleset.sessions.count + 1)
    ]
    return {session.id: session for session in sessions}


def topic_of(ruleset: Ruleset, number: int) -> str:
    """Return the topic of session *number*, empty when the pod has yet to choose it (R5)."""
    return ruleset.topics[number - 1] if number <= len(ruleset.topics) else ""
