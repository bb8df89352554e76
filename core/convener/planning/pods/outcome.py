"""A division as a proposal: names of pods, why each person and coach is there, what each rule did."""

from collections import Counter
from collections.abc import Sequence

from convener.model import PodProposal, ProposedPod, Seat
from convener.planning.effort import Effort
from convener.planning.pods.carriers import KeptPod
from convener.planning.pods.costs import Seated
from convener.planning.pods.division import Division
from convener.planning.pods.explanation.coaches import why_coached
from convener.planning.pods.explanation.ledger import open_ledger
from convener.planning.pods.explanation.rules import outcomes
from convener.planning.pods.explanation.seats import why_here
from convener.planning.pods.explanation.swaps import best_swaps
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import groups
from convener.planning.pods.standing import standing_pods


def propose(question: PodQuestion, division: Division, effort: Effort) -> PodProposal:
    """Return *division* as a proposal with its explanations; frozen pods come first and cost nothing."""
    named = _named(question, division.members)
    pods = zip(named, division.members, division.coaches, strict=True)
    ledger = open_ledger(question, [Seated(name, members, coach) for (_, name), members, coach in pods])
    swaps, coached = best_swaps(ledger), why_coached(ledger)
    fresh = tuple(
        ProposedPod(
            id=pod_id,
            name=pod.name,
            coach=pod.coach,
            seats=tuple(Seat(person=each, why=why_here(ledger, each, swaps.get(each))) for each in pod.members),
            coach_why=why,
        )
        for (pod_id, _), pod, why in zip(named, ledger.pods, coached, strict=True)
    )
    rules = outcomes(ledger, [pod_id for pod_id, _ in named])
    score = sum(rule.cost for rule in rules)
    return PodProposal(
        programme=question.ruleset.programme,
        seed=effort.seed,
        score=score,
        bound=min(division.bound, score),
        pods=(*(_kept(pod) for pod in question.kept), *fresh),
        rules=rules,
        steps=effort.spent,
    )


def _kept(pod: KeptPod) -> ProposedPod:
    seats = tuple(Seat(person=person, why=("the pod is frozen and stays as it is",)) for person in pod.members)
    return ProposedPod(id=pod.id, name=pod.name, coach=pod.coach, seats=seats, frozen=True)


def _named(question: PodQuestion, members: Sequence[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return id and name of each pod: of the pod of today that most members come from, else what they share."""
    stays = standing_pods(question, members)
    names = _names(question, members, stays)
    programme = question.ruleset.programme
    return [(pod.id if pod else f"{programme}/{name}", name) for pod, name in zip(stays, names, strict=True)]


def _names(question: PodQuestion, members: Sequence[tuple[str, ...]], stays: Sequence[KeptPod | None]) -> list[str]:
    """Name pods after what their members share, `pod-01` and so on where they need not share anything."""
    taken = {pod.name for pod in (*question.kept, *question.standing)}
    label_of = {person: label for label, people in groups(question) for person in people}
    labels = [label_of[people[0]] for people in members]
    alone, numbers = Counter(labels), Counter[str]()
    names: list[str] = []
    for label, stay in zip(labels, stays, strict=True):
        wanted = stay.name if stay else label if label and alone[label] == 1 else ""
        while stay is None and (not wanted or wanted in taken):
            numbers[label] += 1
            wanted = f"{label}-{numbers[label]}" if label else f"pod-{numbers[label]:02}"
        names.append(wanted)
        taken.add(wanted)
    return names
