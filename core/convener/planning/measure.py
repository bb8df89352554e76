"""What pods cost by each rule as they are, however they came about: accepted, proposed, or changed by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from convener.model import Commitment, PodProposal, ProposedPod, Register
from convener.planning.pods.carriers import Carrier
from convener.planning.pods.costs import Seated
from convener.planning.pods.explanation.ledger import WITHIN, Ledger, open_ledger
from convener.planning.pods.explanation.rules import outcomes
from convener.planning.pods.explanation.seats import why_here
from convener.planning.pods.question import PodQuestion, pose
from convener.rulesets.kinds import Apart
from convener.rulesets.ruleset import Rule, Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Pods with what they cost."""

    proposal: PodProposal
    """With score and rules as they are for its pods."""
    costs: Mapping[str, Mapping[str, int]]
    """Of each pod by its id: what it costs by each rule that it falls short of, by rule id; 0 for an inflexible one.
    What a flexible rule costs by several pods together is not in it."""


def measure_pods(
    ruleset: Ruleset,
    register: Register,
    proposal: PodProposal,
    *,
    day: date,
    commitments: Sequence[Commitment] = (),
    changed: Collection[str] = (),
) -> Measured:
    """Return *proposal* with its rules and score as they are on *day*, whatever it says of itself.

    Members of the pods *changed*, ids, are told anew why they are there, after the first reason they had. Frozen pods
    cost nothing, and neither does somebody without a seat. The formula is that of `pods.sheet`.
    """
    fresh = [pod for pod in proposal.pods if not pod.frozen]
    ledger = _ledger(pose(ruleset, register, day, commitments), fresh)
    rules = outcomes(ledger, [pod.id for pod in fresh])
    short = [(rule, ledger.short(rule)) for rule in ledger.rules]
    score = sum(rule.cost for rule in rules)
    pods = tuple(_told(ledger, pod) if pod.id in changed else pod for pod in proposal.pods)
    return Measured(
        proposal=replace(proposal, score=score, bound=min(proposal.bound, score), rules=rules, pods=pods),
        costs={pod.id: _costs(short, at) for at, pod in enumerate(fresh)},
    )


def _ledger(question: PodQuestion, pods: Sequence[ProposedPod]) -> Ledger:
    """Return the ledger of *pods*, of those members alone who are to be seated, with every coach there is."""
    wanted = set(question.people)
    seated = [Seated(pod.name, tuple(s.person for s in pod.seats if s.person in wanted), pod.coach) for pod in pods]
    people = tuple(sorted(person for pod in seated for person in pod.members))
    carriers = _carriers(question, {pod.coach for pod in pods if pod.coach})
    return open_ledger(replace(question, people=people, carriers=carriers), seated)


def _carriers(question: PodQuestion, coaches: Collection[str]) -> tuple[Carrier, ...]:
    """Return every coach who may be allocated, and those of *coaches* who lack what rules ask for."""
    known = {carrier.id: carrier for carrier in (*question.carriers, *question.silent, *question.barred)}
    for coach in set(coaches) - known.keys():
        own = question.register.coaches.get(coach)
        skills, years = (own.accredited, own.years) if own else (frozenset[str](), 0)
        zone = question.zone(coach)
        known[coach] = Carrier(id=coach, zone=zone, room=0, carries=0, skills=skills, years=years)
    return tuple(known[coach] for coach in sorted(known))


def _told(ledger: Ledger, pod: ProposedPod) -> ProposedPod:
    seats = (
        replace(seat, why=(*seat.why[:1], *why_here(ledger, seat.person, None))) if seat.person in ledger.at else seat
        for seat in pod.seats
    )
    return replace(pod, seats=tuple(seats))


def _costs(short: Sequence[tuple[Rule, Mapping[int, int]]], at: int) -> dict[str, int]:
    """Return what the pod at place *at* costs by each rule that it falls short of."""
    here = ((rule, pods[at]) for rule, pods in short if at in pods)
    return {rule.id: _cost(rule, count) for rule, count in here if rule.inflexible or _is_own(rule)}


def _is_own(rule: Rule) -> bool:
    """Tell whether what *rule* costs can be told of one pod."""
    return isinstance(rule.terms, (*WITHIN, Apart))


def _cost(rule: Rule, count: int) -> int:
    """Return what *count* units cost in one pod; a pair that should be apart counts for both of it."""
    if rule.inflexible:
        return 0
    return rule.weight * (count // 2 if isinstance(rule.terms, Apart) else count)
