"""`pods swap` and `pods move`: a proposal changed by hand, checked by the same rules at once (R8)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from convener.documents import nearest
from convener.errors import RefusedError, UsageError
from convener.model import Person, PodProposal, ProposedPod, Register, Seat, Violation
from convener.operations import proposals
from convener.operations.people import find_person
from convener.operations.pods.proposing import Shown
from convener.operations.pods.standing import proposed, standing
from convener.operations.workspace import Workspace

HERE = "placed here by hand"
"""The first reason of a seat that a person gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A proposal changed by hand; it is not yet accepted."""

    after: Shown
    before: int
    """What it cost before."""
    violations: tuple[Violation, ...]
    """What flexible rules say of it that they did not say before."""


def swap(workspace: Workspace, scope: str, first: str, second: str, *, dry_run: bool = False) -> ByHand:
    """Exchange two people in the proposal; raise RefusedError when an inflexible rule stands against it."""

    def exchange(proposal: PodProposal, register: Register) -> tuple[PodProposal, str]:
        one, other = find_person(register, first), find_person(register, second)
        _refuse_unseated(proposal, register, one, other)
        return exchanged(proposal, one.id, other.id), f"{one.name} and {other.name} cannot change places"

    return _change(workspace, scope, exchange, dry_run=dry_run)


def move(workspace: Workspace, scope: str, who: str, pod: str, *, dry_run: bool = False) -> ByHand:
    """Move one person to another pod of the proposal; raise RefusedError when an inflexible rule stands against it.

    *pod* is the id or the name of a pod.
    """

    def carry(proposal: PodProposal, register: Register) -> tuple[PodProposal, str]:
        person = find_person(register, who)
        _refuse_unseated(proposal, register, person)
        return moved(proposal, person.id, pod), f"{person.name} cannot move to {pod}"

    return _change(workspace, scope, carry, dry_run=dry_run)


def exchanged(proposal: PodProposal, first: str, second: str) -> PodProposal:
    """Return *proposal* with two people who have seats in each other's pods; raise UsageError when they share one."""
    seats = _seats(proposal)
    if seats[first] == seats[second]:
        raise UsageError(f"both sit in {seats[first]}", hint="name two people of different pods")
    return _reseated(proposal, {first: seats[second], second: seats[first]})


def moved(proposal: PodProposal, person: str, pod: str) -> PodProposal:
    """Return *proposal* with *person* in *pod*, an id or a name; raise UsageError for one that it does not have."""
    wanted = next((each.id for each in proposal.pods if pod in {each.id, each.name}), None)
    if wanted is None:
        raise UsageError(f"there is no pod {pod!r}", hint=nearest(pod, (each.name for each in proposal.pods)))
    if _seats(proposal).get(person, wanted) == wanted:
        raise UsageError(f"they sit in {wanted} already", hint="name another pod")
    return _reseated(proposal, {person: wanted})


def refuse_broken(violations: Iterable[Violation], what: str) -> None:
    """Raise RefusedError naming the inflexible rules among *violations*, if there is any, and *what* they forbid."""
    broken = [violation for violation in violations if violation.inflexible]
    if broken:
        texts = dict.fromkeys(f"{v.text} (rule {v.rule})" for v in broken)
        raise RefusedError(f"{what}: {'; '.join(texts)}", rules=tuple(sorted({v.rule for v in broken})))


def _change(
    workspace: Workspace,
    scope: str,
    change: Callable[[PodProposal, Register], tuple[PodProposal, str]],
    *,
    dry_run: bool,
) -> ByHand:
    """Keep the proposal as *change* makes it, unless an inflexible rule forbids it: then in the words of *change*."""
    with workspace.store.begin(rehearsal=dry_run) as tx:
        now = standing(tx, workspace, scope)
        before = proposed(tx, now)
        changed, refusal = change(before, now.register)
        violations, known = now.violations(changed), set(now.violations(before))
        refuse_broken(violations, refusal)
        touched = {new.id for new, old in zip(changed.pods, before.pods, strict=True) if new.seats != old.seats}
        after = now.measured(changed, touched)
        proposals.keep(tx, now.ruleset.scope, "pods", after.proposal, at=workspace.clock.now())
    return ByHand(
        after=Shown(proposal=after.proposal, register=now.register, costs=after.costs),
        before=now.measured(before).proposal.score,
        violations=tuple(violation for violation in violations if violation not in known),
    )


def _refuse_unseated(proposal: PodProposal, register: Register, *people: Person) -> None:
    """Raise UsageError for the first of *people* without a seat in *proposal*."""
    seats = _seats(proposal)
    person = next((person for person in people if person.id not in seats), None)
    if person is not None:
        raise UsageError(f"{person.name} has no seat in the proposal", hint=f"run: convener pods show {register.scope}")


def _seats(proposal: PodProposal) -> dict[str, str]:
    return {seat.person: pod.id for pod in proposal.pods for seat in pod.seats}


def _reseated(proposal: PodProposal, places: dict[str, str]) -> PodProposal:
    """Return *proposal* with each person of *places* in that pod, members in canonical order."""

    def reseat(pod: ProposedPod) -> ProposedPod:
        stay = [seat for seat in pod.seats if seat.person not in places]
        come = [Seat(person=person, why=(HERE,)) for person, place in places.items() if place == pod.id]
        if len(stay) == len(pod.seats) and not come:
            return pod
        return replace(pod, seats=tuple(sorted([*stay, *come], key=lambda seat: seat.person)))

    return replace(proposal, pods=tuple(reseat(pod) for pod in proposal.pods))
