"""Coaches for pods whose members are settled: rules first, then near zones, then an even load.

What a coach costs a pod depends on that pod alone, and what a coach's load costs rises with every pod more; so the best
allocation is a flow of least cost from pods through coaches (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapters
9 and 14), found exactly for any number of pods.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from convener.planning.hours import distance_hours
from convener.planning.pods.carriers import Carrier, lacks
from convener.planning.pods.question import PodQuestion, minutes_of
from convener.rulesets.kinds import CoachAccredited, CoachLoad, TimezoneOverlap

HOUR_APART = 10
"""Preference: what an hour between a coach's zone and the programme's costs; a coach's pods cost their square."""
FORBIDDEN = -1

Coaches = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Prices:
    """What is paid: by rules, and by preference."""

    rules: Any
    wishes: Any

    def joined(self, first: int) -> Any:
        return self.rules * first + self.wishes


def allocate(
    question: PodQuestion, members: Sequence[Sequence[str]], keep: Sequence[str | None] = ()
) -> Coaches | None:
    """Return the best coach of each pod, by id; None when no coaches can be found within the inflexible rules.

    *keep* names the coach a pod has today, who stays unless a rule is the worse for it. Without any coach known all
    pods go without.
    """
    if not question.coached or not members:
        return (None,) * len(members)
    if not question.carriers:
        return None
    taken = _flow(_by_pod(question, members, keep), _by_load(question, len(members)))
    return None if taken is None else tuple(question.carriers[at].id for at in taken)


def _by_pod(question: PodQuestion, members: Sequence[Sequence[str]], keep: Sequence[str | None]) -> _Prices:
    """Return what each carrier costs each pod, pods by row; `FORBIDDEN` by rule where an inflexible rule says so."""
    kinds: dict[frozenset[str], int] = {}
    zones = [frozenset(question.zone(person) for person in pod) for pod in members]
    at = [kinds.setdefault(each, len(kinds)) for each in zones]
    papers = np.array([_lacking(question, carrier) for carrier in question.carriers], dtype=np.int64)
    hours = [_hours(question, carrier) for carrier in question.carriers]
    clashes = np.array([_clashing(question, zones) for zones in kinds], dtype=np.int64)
    rules = np.where(clashes == FORBIDDEN, FORBIDDEN, clashes + papers)[at]
    wishes = np.broadcast_to(np.array(hours, dtype=np.int64) * HOUR_APART, rules.shape).copy()
    number = {carrier.id: place for place, carrier in enumerate(question.carriers)}
    dear = int(wishes.max()) + 2 * (len(members) + max(carrier.carries for carrier in question.carriers)) + 1
    for pod, coach in enumerate(keep):
        if coach in number:
            wishes[pod] += dear
            wishes[pod, number[coach]] -= dear
    return _Prices(rules, wishes)


def _lacking(question: PodQuestion, carrier: Carrier) -> int:
    asked = [(rule, terms) for rule, terms in question.ruleset.rules_of(CoachAccredited) if not rule.inflexible]
    return sum(rule.weight for rule, terms in asked if lacks(carrier, terms))


def _hours(question: PodQuestion, carrier: Carrier) -> int:
    return distance_hours(carrier.zone, question.ruleset.zone, question.ruleset.starts)


def _clashing(question: PodQuestion, zones: Iterable[str]) -> list[int]:
    """Return what each carrier's zone costs a pod with members in *zones*."""
    found: dict[str, int] = {}
    for zone in {carrier.zone for carrier in question.carriers}:
        pairs = [] if zone in zones else [(zone, other) for other in sorted({*zones, zone})]
        cost = 0
        for rule, terms in question.ruleset.rules_of(TimezoneOverlap):
            clashes = sum(not question.shares(*pair, minutes_of(terms)) for pair in pairs)
            cost = FORBIDDEN if cost == FORBIDDEN or (clashes and rule.inflexible) else cost + rule.weight * clashes
        found[zone] = cost
    return [found[carrier.zone] for carrier in question.carriers]


def _by_load(question: PodQuestion, pods: int) -> _Prices:
    """Return what each further pod costs each carrier, carriers by row; `FORBIDDEN` where there is no room for it."""
    limits = [
        (rule.weight, terms.max_pods)
        for rule, terms in question.ruleset.rules_of(CoachLoad)
        if not rule.inflexible and terms.max_pods is not None
    ]
    carriers = question.carriers
    number = np.arange(pods)[None, :]
    carries = np.array([carrier.carries for carrier in carriers])[:, None]
    room = np.array([pods if carrier.room is None else carrier.room for carrier in carriers])[:, None]
    rules = np.zeros((len(carriers), pods), dtype=np.int64)
    for weight, most in limits:
        rules += weight * (number >= np.maximum(most - carries, 0))
    return _Prices(np.where(number < room, rules, FORBIDDEN), 2 * (number + carries))


def _flow(by_pod: _Prices, by_load: _Prices) -> list[int] | None:
    """Return the place of each pod's carrier; rules weigh more than all wishes of any allocation together."""
    pods, carriers = by_pod.rules.shape
    first = pods * int(by_pod.wishes.max() + by_load.wishes.max()) + 1
    flow: Any = min_cost_flow.SimpleMinCostFlow()  # its stubs take no array that numpy makes
    rows, columns = np.nonzero(by_pod.rules != FORBIDDEN)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows, columns + pods, np.ones_like(rows), by_pod.joined(first)[rows, columns]
    )
    who, more = np.nonzero(by_load.rules != FORBIDDEN)
    sink = pods + carriers
    flow.add_arcs_with_capacity_and_unit_cost(
        who + pods, np.full_like(who, sink), np.ones_like(who), by_load.joined(first)[who, more]
    )
    flow.set_nodes_supplies(np.append(np.arange(pods), sink), np.append(np.ones(pods, dtype=np.int64), -pods))
    if flow.solve() != flow.OPTIMAL:
        return None
    used = flow.flows(arcs) > 0
    taken: Counter[int] = Counter(dict(zip(rows[used].tolist(), columns[used].tolist(), strict=True)))
    return [taken[pod] for pod in range(pods)]
