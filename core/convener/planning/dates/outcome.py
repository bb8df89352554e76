"""A schedule in words: why each date, what each rule did, and what to know before publishing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from convener.model import Answer, DateProposal, ProposedSession, RuleOutcome, SessionStatus
from convener.planning.dates.notices import notices
from convener.planning.dates.paths import Arcs, Series
from convener.planning.dates.question import ANSWERS, EVERY, DatesQuestion, PodDates
from convener.planning.dates.slots import UNITS, Node, coming, members
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum, SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True)
class Dated:
    """A pod and the nodes it takes, by number."""

    pod: PodDates
    nodes: list[Node]
    rules: Arcs


def dated(series: Series, path: Sequence[int], rules: Arcs) -> Dated:
    """Return the nodes of *path*."""
    return Dated(series.pod, [series.layers[layer][at] for layer, at in enumerate(path)], rules)


def propose(question: DatesQuestion, plans: Sequence[Dated], *, seed: int, bound: int) -> DateProposal:
    """Return the chosen dates as a proposal with its explanations."""
    costs: dict[str, int] = {}
    for plan in plans:
        for each in _all_costs(plan):
            for name, cost in each.items():
                costs[name] = costs.get(name, 0) + cost
    rules = tuple(_outcomes(question, costs))
    score = sum(rule.cost for rule in rules)
    sessions = tuple(session for plan in plans for session in _sessions(question, plan))
    return DateProposal(
        programme=question.ruleset.programme,
        seed=seed,
        score=score,
        bound=min(bound, score),
        sessions=sessions,
        rules=rules,
        notices=notices(question, sessions),
    )


def _all_costs(plan: Dated) -> Iterable[dict[str, int]]:
    for node in plan.nodes:
        yield node.costs
    for one, other in pairwise(plan.nodes):
        if one.slot >= 0 or other.slot >= 0:
            yield plan.rules.costs(one, other)


def _outcomes(question: DatesQuestion, costs: dict[str, int]) -> Iterable[RuleOutcome]:
    judged = (*UNITS, SessionGap, SessionPattern)
    for name, rule in sorted(question.ruleset.rules.items()):
        if isinstance(rule.terms, judged):
            yield _outcome(rule, costs.get(name, 0))
    yield _soft(ANSWERS, costs.get(ANSWERS, 0), "3 for each absence, 1 for each person who comes only if needed")
    if question.ruleset.sessions.every is not None:
        text = f"1 for each full three days a gap is off {question.ruleset.sessions.every}"
        yield _soft(EVERY, costs.get(EVERY, 0), text)


def _outcome(rule: Rule, cost: int) -> RuleOutcome:
    if rule.inflexible:
        return RuleOutcome(id=rule.id, flexibility="inflexible", satisfied=True, cost=0, explanation="holds throughout")
    text = (
        f"falls short {cost // rule.weight if rule.weight else 0} times at {rule.weight} each"
        if cost
        else "holds throughout"
    )
    return RuleOutcome(id=rule.id, flexibility="flexible", satisfied=not cost, cost=cost, explanation=text)


def _soft(name: str, cost: int, text: str) -> RuleOutcome:
    return RuleOutcome(id=name, flexibility="flexible", satisfied=not cost, cost=cost, explanation=text)


def _sessions(question: DatesQuestion, plan: Dated) -> Iterable[ProposedSession]:
    before: Node | None = None
    for number, node in zip(plan.pod.numbers, plan.nodes, strict=True):
        settled = plan.pod.settled.get(number)
        here = plan.pod.members(question.day(node.starts))
        can = here if node.slot < 0 else coming(question, plan.pod, node.slot)
        status = settled.status if settled else SessionStatus.PROPOSED
        yield ProposedSession(
            pod=plan.pod.id,
            number=number,
            topic=_topic(question, plan.pod, number),
            status=status.value,
            starts=node.starts,
            ends=node.ends,
            zone=question.ruleset.zone,
            coming=tuple(can),
            absent=tuple(person for person in here if person not in can),
            why=("it keeps its date",) if settled else tuple(_why(question, plan, node, before)),
        )
        before = node


def _topic(question: DatesQuestion, pod: PodDates, number: int) -> str:
    known = question.register.sessions.get(f"{pod.id}/{number}")
    topics = question.ruleset.topics
    return known.topic if known else topics[number - 1] if number <= len(topics) else ""


def _why(question: DatesQuestion, plan: Dated, node: Node, before: Node | None) -> Iterable[str]:
    pod, at = plan.pod, node.slot
    here, can = members(question, pod, at), coming(question, pod, at)
    yield f"{len(can)} of {len(here)} can come" + _needed(question, pod, len(here))
    away = [question.name(person) for person in here if person not in can]
    if away:
        yield f"cannot: {joined(away)}"
    asked = [*can, *([pod.coach] if pod.coach else [])]
    if_needed = [question.name(p) for p in asked if question.answer(p, at) is Answer.IF_NEEDED]
    if if_needed:
        yield f"only if needed: {joined(if_needed)}"
    if before is not None:
        yield f"{node.day - before.day} days after the session before"
    yield from _costs(plan, node, before)


def _needed(question: DatesQuestion, pod: PodDates, size: int) -> str:
    needed = [terms.needed(size) for rule, terms in question.ruleset.rules_of(Quorum, pod.name) if rule.inflexible]
    return f", {max(needed)} are needed" if needed else ""


def _costs(plan: Dated, node: Node, before: Node | None) -> Iterable[str]:
    costs = {**node.costs, **(plan.rules.costs(before, node) if before else {})}
    paid = [f"{name} {cost}" for name, cost in sorted(costs.items()) if cost]
    if paid:
        yield f"costs {joined(paid)}"


def moment(question: DatesQuestion, instant: datetime) -> str:
    """Return the programme's date of *instant* as people write it."""
    return f"{question.day(instant):%-d %B %Y}"
