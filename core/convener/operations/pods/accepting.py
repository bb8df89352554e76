"""`pods accept` and `pods freeze`: make a proposal true, and keep a pod as it is (R1, R8)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from convener.documents import nearest
from convener.errors import UsageError
from convener.model import (
    Coaching,
    Event,
    Membership,
    Pod,
    PodProposal,
    ProposedPod,
    Register,
    Session,
    event_of,
    holds,
)
from convener.operations.pods.by_hand import refuse_broken
from convener.operations.pods.standing import Standing, proposed, standing
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.rulesets.ruleset import Ruleset


def accept(workspace: Workspace, scope: str, *, dry_run: bool = False) -> Register:
    """Make the last proposal true, from today; raise RefusedError when it breaks an inflexible rule by now."""
    with workspace.store.begin(rehearsal=dry_run) as tx:
        now = standing(tx, workspace, scope)
        before, proposal = now.register, proposed(tx, now)
        _refuse_stale(now, proposal)
        refuse_broken(now.violations(proposal), "these pods cannot be accepted any more")
        after, events = accepted(before, now.ruleset, proposal, at=moment(workspace.clock, before))
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


def _refuse_stale(now: Standing, proposal: PodProposal) -> None:
    """Raise UsageError when people joined or left since the proposal was made."""
    seated = {seat.person for pod in proposal.pods for seat in pod.seats}
    if seated != set(now.register.participants(now.day)):
        raise UsageError(
            f"people joined or left {now.ruleset.scope} since these pods were proposed",
            hint=f"run: convener pods propose {now.ruleset.scope}",
        )


def _known_pod(register: Register, pod: str) -> Pod:
    if pod not in register.pods:
        raise UsageError(
            f"there is no pod {pod!r}", hint=nearest(pod, sorted(register.pods)) or "no pods are accepted yet"
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
        Session(pod=pod.id, number=number, topic=_topic_of(ruleset, number), zone=ruleset.zone)
        for pod in pods
        for number in range(1, ruleset.sessions.count + 1)
    ]
    return {session.id: session for session in sessions}


def _topic_of(ruleset: Ruleset, number: int) -> str:
    """Return the topic of session *number*, empty when the pod has yet to choose it (R5)."""
    return ruleset.topics[number - 1] if number <= len(ruleset.topics) else ""
