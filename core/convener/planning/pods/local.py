"""A quick good division by simulated annealing over swaps, from which the solver starts.

Every rule of pods is approximated by what two people in one pod cost together; a swap is then judged in constant
time from each person's sum over each pod.
"""

import math
import random
from itertools import combinations

from convener.planning.pods.question import PodQuestion, apart_pairs, ranks, together_pairs, zone_clashes
from convener.planning.pods.sizes import Frame, even_split
from convener.rulesets.kinds import Apart, Mix, Same, Similar, TimezoneOverlap, Together

BREACH = 100_000
"""What breaking an inflexible rule costs here."""
STEPS_EACH = 3_000
"""Swaps tried for each person."""
MOST_STEPS = 200_000
COOLEST = 0.2

Costs = list[list[int]]
"""What each two people cost in one pod, by their places among the people."""


def pair_costs(question: PodQuestion) -> Costs:
    """Return what each two people cost in one pod."""
    people = question.people
    costs = [[0] * len(people) for _ in people]
    place = {person: at for at, person in enumerate(people)}
    for rule in question.ruleset.rules.values():
        weight = BREACH if rule.inflexible else rule.weight
        terms = rule.terms
        if isinstance(terms, Same | Mix | Similar):
            for column in terms.by:
                _add_column(question, costs, terms, column, weight)
        elif isinstance(terms, Apart | Together):
            apart = isinstance(terms, Apart)
            pairs = apart_pairs(question, terms) if isinstance(terms, Apart) else together_pairs(question, terms)
            for one, other in pairs:
                _add(costs, place[one], place[other], weight if apart else -weight)
        elif isinstance(terms, TimezoneOverlap):
            _add_zones(question, costs, terms, weight)
    return costs


def _add(costs: Costs, one: int, other: int, amount: int) -> None:
    costs[one][other] += amount
    costs[other][one] += amount


def _add_column(question: PodQuestion, costs: Costs, terms: Same | Mix | Similar, column: str, weight: int) -> None:
    values = [question.value(person, column) for person in question.people]
    order = ranks(values)
    for one, other in combinations(range(len(values)), 2):
        mine, theirs = values[one], values[other]
        if not mine or not theirs:
            continue
        if isinstance(terms, Similar):
            units = abs(order[mine] - order[theirs])
        else:
            units = int((mine == theirs) is isinstance(terms, Mix))
        _add(costs, one, other, weight * units)


def _add_zones(question: PodQuestion, costs: Costs, terms: TimezoneOverlap, weight: int) -> None:
    clashes = {frozenset(pair) for pair in zone_clashes(question, int(terms.min.as_timedelta().total_seconds() // 60))}
    zones = [question.zone(person) for person in question.people]
    for one, other in combinations(range(len(zones)), 2):
        if frozenset((zones[one], zones[other])) in clashes:
            _add(costs, one, other, weight)


def anneal(question: PodQuestion, frames: list[Frame], seed: int) -> list[list[str]]:
    """Return members for each frame: an even split, improved by swaps within groups; repeats for a seed."""
    place = {person: at for at, person in enumerate(question.people)}
    pods: list[list[int]] = [[] for _ in frames]
    for group in sorted({frame.group for frame in frames}):
        mine = [at for at, frame in enumerate(frames) if frame.group == group]
        waiting = [place[person] for person in frames[mine[0]].people]
        for at, size in zip(mine, _sizes(frames, mine, len(waiting)), strict=True):
            pods[at] = [waiting.pop() for _ in range(size)]
    seat = [0] * len(question.people)
    for at, members in enumerate(pods):
        for one in members:
            seat[one] = at
    kind = [frames[at].group for at in seat]
    best = _swap(pair_costs(question), seat, kind, len(frames), random.Random(seed))  # noqa: S311 - no secret
    found: list[list[str]] = [[] for _ in frames]
    for one, at in enumerate(best):
        found[at].append(question.people[one])
    return _ordered(frames, found)


def _sizes(frames: list[Frame], mine: list[int], people: int) -> list[int]:
    exact = [frames[at].least for at in mine]
    return exact if sum(exact) == people else even_split(people, len(mine))


def _ordered(frames: list[Frame], found: list[list[str]]) -> list[list[str]]:
    """Put members into interchangeable frames by their first member, as the model has them."""
    ordered: list[list[str]] = list(found)
    for frame in set(frames):
        mine = [at for at, other in enumerate(frames) if other == frame]
        for at, members in zip(mine, sorted(found[at] for at in mine), strict=True):
            ordered[at] = members
    return ordered


def _swap(costs: Costs, seat: list[int], kind: list[int], pods: int, chance: random.Random) -> list[int]:
    people = len(seat)
    toll = [[0] * pods for _ in range(people)]
    for one in range(people):
        for other in range(people):
            toll[one][seat[other]] += costs[one][other]
    steps = min(STEPS_EACH * people, MOST_STEPS)
    hottest = max((max(row) for row in costs if max(row) < BREACH), default=1) or 1
    cooling = (COOLEST / hottest) ** (1 / max(steps, 1)) if hottest > COOLEST else 1.0
    heat, now, least, best = float(hottest), 0, 0, list(seat)
    for _ in range(steps):
        heat *= cooling
        one, other = int(chance.random() * people), int(chance.random() * people)
        here, there = seat[one], seat[other]
        if here == there or kind[one] != kind[other]:
            continue
        gain = toll[one][there] - toll[one][here] + toll[other][here] - toll[other][there] - 2 * costs[one][other]
        if gain <= 0 or chance.random() < math.exp(-min(gain / heat, 700)):
            seat[one], seat[other] = there, here
            _retoll(toll, costs, (one, other), (here, there))
            now += gain
            if now < least:
                least, best = now, list(seat)
    return best


def _retoll(toll: Costs, costs: Costs, moved: tuple[int, int], pods: tuple[int, int]) -> None:
    mine, theirs = costs[moved[0]], costs[moved[1]]
    here, there = pods
    for at, row in enumerate(toll):
        change = theirs[at] - mine[at]
        row[here] += change
        row[there] -= change
