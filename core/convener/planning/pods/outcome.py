"""A division in words: names of pods, why each person is there, what each rule did."""

from collections import Counter

from convener.model import PodProposal, ProposedPod, RuleOutcome, Seat
from convener.planning.pods.costs import Seated, units
from convener.planning.pods.question import KeptPod, PodQuestion, apart_pairs, joined, together_pairs
from convener.planning.pods.sizes import groups
from convener.planning.pods.solve import Division
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Require,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule

POD_KINDS = (PodSize, Same, Mix, Similar, Apart, Together, TimezoneOverlap, CoachLoad, CoachAccredited)
"""Kinds of rule that pods are judged by."""


def propose(question: PodQuestion, division: Division, seed: int) -> PodProposal:
    """Return *division* as a proposal with its explanations; frozen pods come first and cost nothing."""
    programme = question.ruleset.programme
    seated = [
        Seated(name, members, coach)
        for name, members, coach in zip(_names(question, division), division.members, division.coaches, strict=True)
    ]
    fresh = tuple(
        ProposedPod(
            id=f"{programme}/{pod.name}",
            name=pod.name,
            coach=pod.coach,
            seats=tuple(Seat(person=person, why=tuple(_why(question, pod, person))) for person in pod.members),
            coach_why=tuple(_coach_why(question, pod, seated)),
        )
        for pod in seated
    )
    rules = tuple(
        _outcome(question, rule, seated)
        for _, rule in sorted(question.ruleset.rules.items())
        if isinstance(rule.terms, POD_KINDS)
    )
    score = sum(rule.cost for rule in rules)
    return PodProposal(
        programme=programme,
        seed=seed,
        score=score,
        bound=min(division.bound, score),
        pods=(*(_kept(pod) for pod in question.kept), *fresh),
        rules=(*rules, *_requirements(question)),
    )


def _kept(pod: KeptPod) -> ProposedPod:
    seats = tuple(Seat(person=person, why=("the pod is frozen and stays as it is",)) for person in pod.members)
    return ProposedPod(id=pod.id, name=pod.name, coach=pod.coach, seats=seats, frozen=True)


def _names(question: PodQuestion, division: Division) -> list[str]:
    """Name pods after what their members share, `pod-01` and so on where they need not share anything."""
    taken = {pod.name for pod in question.kept}
    label_of = {person: label for label, people in groups(question) for person in people}
    labels = [label_of[members[0]] for members in division.members]
    alone = Counter(labels)
    names: list[str] = []
    for label in labels:
        wanted = label if label and alone[label] == 1 and label not in taken else ""
        number = 0
        while not wanted or wanted in taken:
            number += 1
            wanted = f"{label}-{number}" if label else f"pod-{number:02}"
        taken.add(wanted)
        names.append(wanted)
    return names


def _why(question: PodQuestion, pod: Seated, person: str) -> list[str]:
    said: list[str] = []
    for _, rule in sorted(question.ruleset.rules.items()):
        terms = rule.terms
        if isinstance(terms, Same | Mix | Similar):
            said += [_shared(question, pod, person, rule, column) for column in terms.by]
        elif isinstance(terms, Apart):
            said += [
                f"is not with {question.name(other)} (rule {rule.id})"
                for other in _partners(apart_pairs(question, terms), person)
                if other not in pod.members
            ]
        elif isinstance(terms, Together):
            said += [
                f"stays with {question.name(other)} (rule {rule.id})"
                for other in _partners(together_pairs(question, terms), person)
                if other in pod.members
            ]
    return said or ["no rule asks for another place"]


def _partners(pairs: list[tuple[str, str]], person: str) -> list[str]:
    return [other if one == person else one for one, other in pairs if person in {one, other}]


def _shared(question: PodQuestion, pod: Seated, person: str, rule: Rule, column: str) -> str:
    value = question.value(person, column)
    if not value:
        return f"has no {column} in the roster (rule {rule.id})"
    alike = [question.name(p) for p in pod.members if p != person and question.value(p, column) == value]
    if isinstance(rule.terms, Mix):
        others = f"shares {column} {value} with {joined(alike)}" if alike else f"alone with {column} {value}"
        return f"{others} (rule {rule.id})"
    if len(alike) == len(pod.members) - 1:
        return f"everyone there has {column} {value} (rule {rule.id})"
    differ = sorted({question.value(p, column) or "none" for p in pod.members} - {value})
    return f"{column} {value} beside {joined(differ)} (rule {rule.id})"


def _coach_why(question: PodQuestion, pod: Seated, pods: list[Seated]) -> list[str]:
    if pod.coach is None:
        return ["no coach is known yet"]
    coach = next(carrier for carrier in question.carriers if carrier.id == pod.coach)
    load = sum(other.coach == pod.coach for other in pods) + coach.carries
    said = [f"carries {load} pod{'' if load == 1 else 's'} in all"]
    limit = "" if coach.room is None else f", at most {coach.room + coach.carries}"
    here = question.ruleset.zone
    said[0] += limit
    said.append(
        f"works in {coach.zone}" + (", the programme's zone" if coach.zone == here else f"; the programme in {here}")
    )
    known = question.register.coaches[coach.id]
    if known.accredited:
        said.append(f"accredited for {joined(sorted(known.accredited))}, {known.years} years")
    return said


def _outcome(question: PodQuestion, rule: Rule, pods: list[Seated]) -> RuleOutcome:
    count = units(question, rule, pods)
    return RuleOutcome(
        id=rule.id,
        flexibility="inflexible" if rule.inflexible else "flexible",
        satisfied=count == 0,
        cost=0 if rule.inflexible else rule.weight * count,
        explanation=_explain(question, rule, pods, count),
    )


def _explain(question: PodQuestion, rule: Rule, pods: list[Seated], count: int) -> str:
    if isinstance(rule.terms, PodSize):
        sizes = sorted(Counter(len(pod.members) for pod in pods).items())
        said = joined([f"{number} of {size}" for size, number in sizes])
        return f"pods by size: {said}; asked for {rule.terms.min} to {rule.terms.max}, best {rule.terms.target}"
    if count == 0:
        return "holds in every pod"
    at = joined([pod.name for pod in pods if units(question, rule, [pod])]) if _by_pod(rule) else ""
    cost = f"{count} times {rule.weight}"
    return f"{NOUNS[type(rule.terms)]}: {cost}" + (f", in {at}" if at else "")


def _by_pod(rule: Rule) -> bool:
    return isinstance(rule.terms, Same | Mix | Similar | TimezoneOverlap)


NOUNS: dict[type, str] = {
    Same: "members unlike the rest of their pod",
    Mix: "pairs that share a value",
    Similar: "steps between members",
    Apart: "pairs together that should be apart",
    Together: "pairs apart that should be together",
    TimezoneOverlap: "pairs of zones with too few hours in common",
    CoachLoad: "pods too many for their coaches",
    CoachAccredited: "pods whose coach lacks an accreditation",
}
"""What a unit of each kind is called."""


def _requirements(question: PodQuestion) -> tuple[RuleOutcome, ...]:
    """Judge `require` rules as far as the register decides them: whether every participant's manager is known."""
    found: list[RuleOutcome] = []
    for rule, terms in question.ruleset.rules_of(Require):
        decidable = terms.each == "participant" and terms.require in ("manager.known", ("manager.known",))
        lacking = unmanaged(question) if decidable else []
        text = "judged while the programme runs; it does not say who sits with whom"
        if decidable:
            text = f"no manager known for {joined(lacking)}" if lacking else "every participant has a manager"
        flexibility = "inflexible" if rule.inflexible else "flexible"
        found.append(RuleOutcome(id=rule.id, flexibility=flexibility, satisfied=not lacking, cost=0, explanation=text))
    return tuple(found)


def unmanaged(question: PodQuestion) -> list[str]:
    """Return the names of people to seat without a known manager."""
    register = question.register
    return [question.name(p) for p in question.people if register.manager_of(p, question.day) is None]
