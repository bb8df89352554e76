"""`pods diff`: what a proposal of pods would change, person by person, coach by coach, rule by rule (R8)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from convener.errors import UsageError
from convener.model import PodProposal, Register, RuleOutcome
from convener.operations.pods.standing import proposed, standing
from convener.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody in another pod, or a pod with another coach; None for none."""

    what: str
    """Id of the person, or of the pod that gets another coach."""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShift:
    """What one rule says of the pods before and after; None where it did not speak of them."""

    id: str
    before: RuleOutcome | None
    after: RuleOutcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PodsDifference:
    """What one set of pods has that another has not."""

    people: tuple[Shift, ...] = ()
    """Everyone who moves, joins or leaves, by the pod they are in afterwards."""
    coaches: tuple[Shift, ...] = ()
    rules: tuple[RuleShift, ...] = ()
    """Rules that cost another amount, or are satisfied here and not there."""
    scores: tuple[int, int] = (0, 0)

    @property
    def empty(self) -> bool:
        """Whether everybody stays where they are, with the same coach."""
        return not (self.people or self.coaches)


def diff(workspace: Workspace, scope: str) -> tuple[PodsDifference, Register]:
    """Compare the pods of today with the last proposal; raise UsageError while either is lacking."""
    with workspace.store.begin() as tx:
        now = standing(tx, workspace, scope)
        after = proposed(tx, now)
    before = now.present()
    if before is None:
        scope = now.ruleset.scope
        raise UsageError(f"{scope} has no pods yet to compare with", hint=f"run: convener pods show {scope}")
    return between(before, now.measured(after).proposal), now.register


def between(before: PodProposal, after: PodProposal) -> PodsDifference:
    """Compare two sets of pods by the ids of the pods, which is what counts once they are accepted."""
    was, now = ({seat.person: pod.id for pod in each.pods for seat in pod.seats} for each in (before, after))
    people = [
        Shift(what=person, before=was.get(person), after=now.get(person))
        for person in sorted(was.keys() | now.keys())
        if was.get(person) != now.get(person)
    ]
    return PodsDifference(
        people=tuple(sorted(people, key=lambda each: (each.after or "", each.before or "", each.what))),
        coaches=tuple(_coaches(before, after)),
        rules=tuple(_rules(before.rules, after.rules)),
        scores=(before.score, after.score),
    )


def relabelled(before: PodProposal, after: PodProposal) -> PodProposal:
    """Return *before* with its pods called as in *after* where more than half of both are the same people.

    What was never accepted may change its labels, and nobody has moved by that.
    """
    at = {seat.person: pod.id for pod in after.pods for seat in pod.seats}
    sizes = {pod.id: len(pod.seats) for pod in after.pods}
    found: dict[str, str] = {}
    for pod in before.pods:
        shared = Counter(at[seat.person] for seat in pod.seats if seat.person in at).most_common(1)
        if shared and 2 * shared[0][1] > max(len(pod.seats), sizes[shared[0][0]]):
            found[pod.id] = shared[0][0]
    taken = set(found.values())
    names = {pod.id: found.get(pod.id, f"{pod.id} (before)" if pod.id in taken else pod.id) for pod in before.pods}
    return replace(before, pods=tuple(replace(pod, id=names[pod.id]) for pod in before.pods))


def _coaches(before: PodProposal, after: PodProposal) -> Iterator[Shift]:
    was = {pod.id: pod.coach for pod in before.pods}
    for pod in after.pods:
        if was.get(pod.id) != pod.coach:
            yield Shift(what=pod.id, before=was.get(pod.id), after=pod.coach)


def _rules(before: tuple[RuleOutcome, ...], after: tuple[RuleOutcome, ...]) -> Iterator[RuleShift]:
    was, now = ({rule.id: rule for rule in rules} for rules in (before, after))
    for name in sorted(was.keys() | now.keys()):
        shift = RuleShift(id=name, before=was.get(name), after=now.get(name))
        if _said(shift.before) != _said(shift.after):
            yield shift


def _said(outcome: RuleOutcome | None) -> tuple[int, bool] | None:
    return (outcome.cost, outcome.satisfied) if outcome else None
