"""The least that any division into given frames can cost, by counting alone.

The score adds up over rules, so the sum of what each rule must cost at least is a bound on the whole. What a rule
must cost is counted for each group of frames that share the same people, since nobody sits outside their group:

- `mix`: n people who share a value, spread over k pods, leave the fewest pairs when they are spread evenly, since
  pairs grow convexly with the number in a pod; those of them whom an inflexible `together` joins stay in one pod.
- `same`: k pods have k common values at most. One pod holds at most its greatest size of a value, so the n people of
  a value fill whole pods and a rest; the k largest of these pieces are the most that can agree.
- `similar`: between two neighbouring values of the order lies a step, and a pair in one pod costs a unit for each step
  between them. With b of the group's people below a step, the pairs across it are fewest when at most one pod holds
  both sides: the product is concave in how many of a pod lie below.
- `pod-size`: sizes that add up to the people, each charged convexly: grown one by one where it costs least.
- `apart`, `together`, `timezone-overlap`: a group with a single pod holds everybody, so all is counted; pairs to keep
  together in two groups are apart.
- `coach-load`, `coach-accredited`: pods beyond what all coaches can carry within the rule.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement
from typing import Any

from convener.planning.pods.carriers import lacks
from convener.planning.pods.question import PodQuestion, apart_pairs, minutes_of, together_pairs
from convener.planning.pods.sizes import Frame
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)

Group = Sequence[Frame]
"""Frames that share the same people."""


def least_cost(question: PodQuestion, frames: Sequence[Frame]) -> int:
    """Return a score below which no division of *question* into *frames* can lie; every frame is used."""
    together: dict[int, list[Frame]] = {}
    for frame in frames:
        together.setdefault(frame.group, []).append(frame)
    groups = list(together.values())
    return sum(
        rule.weight * LEAST[type(rule.terms)](question, groups, rule.terms)
        for rule in question.ruleset.rules.values()
        if not rule.inflexible and type(rule.terms) in LEAST
    )


def fewest_pairs(people: int, pods: int) -> int:
    """Return the fewest pairs in one pod when *people* are spread over *pods*."""
    each, more = divmod(people, pods)
    return more * (each + 1) * each // 2 + (pods - more) * each * (each - 1) // 2


def _mix(question: PodQuestion, groups: Sequence[Group], terms: Mix) -> int:
    home = {person: at for at, group in enumerate(groups) for person in group[0].people}
    knots = [(home[next(iter(knot))], knot) for knot in _knots(question)]
    found = 0
    for column in terms.by:
        floors: dict[tuple[int, str], list[int]] = {}
        for at, knot in knots:
            for value, held in Counter(question.value(person, column) for person in knot).items():
                floors.setdefault((at, value), []).append(held)
        for at, group in enumerate(groups):
            for value, holders in _values(question, group, column).items():
                found += tied_pairs(holders, len(group), floors.get((at, value), ()))
    return found


def tied_pairs(people: int, pods: int, floors: Sequence[int]) -> int:
    """Return the fewest pairs in one pod when some of *people* stay together, as many as each of *floors* says.

    Those who stay together are best in different pods, and everyone else in the emptiest.
    """
    if max(floors, default=0) <= people // pods or len(floors) > pods:
        return fewest_pairs(people, pods)
    loads = [*floors, *[0] * (pods - len(floors))]
    heapq.heapify(loads)
    for _ in range(people - sum(floors)):
        heapq.heapreplace(loads, loads[0] + 1)
    return sum(load * (load - 1) // 2 for load in loads)


def _knots(question: PodQuestion) -> list[set[str]]:
    """Return those whom inflexible rules keep together, two or more."""
    knot_of: dict[str, set[str]] = {}
    for rule, terms in question.ruleset.rules_of(Together):
        for one, other in together_pairs(question, terms) if rule.inflexible else ():
            joined = knot_of.get(one, {one}) | knot_of.get(other, {other})
            knot_of.update(dict.fromkeys(joined, joined))
    return list({min(knot): knot for knot in knot_of.values()}.values())


def _values(question: PodQuestion, group: Group, column: str) -> Counter[str]:
    values = (question.value(person, column) for person in group[0].people)
    return Counter(value for value in values if value)


def _same(question: PodQuestion, groups: Sequence[Group], terms: Same) -> int:
    found = 0
    for group in groups:
        most = max(frame.most for frame in group)
        for column in terms.by:
            counted = _values(question, group, column)
            pieces = [most for holders in counted.values() for _ in range(holders // most)]
            pieces += [holders % most for holders in counted.values()]
            found += counted.total() - sum(heapq.nlargest(len(group), pieces))
    return found


def _similar(question: PodQuestion, groups: Sequence[Group], terms: Similar) -> int:
    found = 0
    for group in groups:
        for column in terms.by:
            order = question.order(column)
            at = Counter(order[value] for person in group[0].people if (value := question.value(person, column)))
            below = 0
            for step in range(len(order) - 1):
                below += at[step]
                found += least_crossing(group, below, at.total() - below)
    return found


def least_crossing(group: Group, below: int, above: int) -> int:
    """Return the fewest pairs in one pod with one of *below* and one of *above*, the known people beside a step."""
    people = len(group[0].people)
    unknown = people - below - above
    least, most = min(frame.least for frame in group), max(frame.most for frame in group)
    if not below or not above:
        return 0
    if not unknown and most - least <= 1 and least:
        return _one_torn_pod(below, len(group), least, larger=people - least * len(group))
    if any(_fits(part, len(group), least, most) for part in range(below, below + unknown + 1)):
        return 0
    return max(least - unknown - 1, 1)


def _fits(below: int, pods: int, least: int, most: int) -> bool:
    """Tell whether *below* people might fill whole pods."""
    return -(-below // most) <= min(below // max(least, 1), pods)


def _one_torn_pod(below: int, pods: int, least: int, *, larger: int) -> int:
    """Return the fewest crossing pairs when all pods but one lie on one side; *larger* of them have one person more."""
    found = below * least + below
    for whole in range(max(below // (least + 1) - 1, 0), min(below // least, pods) + 1):
        low, high = max(whole - (pods - larger), 0), min(larger, whole)
        rest = below - whole * least
        if low <= rest <= high:
            return 0
        torn = [each for each in (rest - low, rest - high) if each > 0]
        found = min([found, *(each * (size - each) for each in torn for size in (least, least + 1) if each < size)])
    return found


def _pod_size(question: PodQuestion, groups: Sequence[Group], terms: PodSize) -> int:
    def off(size: int) -> int:
        return max(size - terms.max, terms.min - size, 0)

    found = 0
    for group in groups:
        grown = [off(size + 1) - off(size) for frame in group for size in range(frame.least, frame.most)]
        more = len(group[0].people) - sum(frame.least for frame in group)
        found += sum(off(frame.least) for frame in group) + sum(heapq.nsmallest(max(more, 0), grown))
    return found


def _single(groups: Sequence[Group]) -> list[frozenset[str]]:
    """Return the people of each group that has one pod."""
    return [frozenset(group[0].people) for group in groups if len(group) == 1]


def _apart(question: PodQuestion, groups: Sequence[Group], terms: Apart) -> int:
    alone = {person: at for at, people in enumerate(_single(groups)) for person in people}
    return sum(one in alone and alone[one] == alone.get(other) for one, other in apart_pairs(question, terms))


def _together(question: PodQuestion, groups: Sequence[Group], terms: Together) -> int:
    at = {person: group[0].group for group in groups for person in group[0].people}
    return sum(at.get(one) != at.get(other) for one, other in together_pairs(question, terms))


def _timezone_overlap(question: PodQuestion, groups: Sequence[Group], terms: TimezoneOverlap) -> int:
    present = [sorted({question.zone(person) for person in people}) for people in _single(groups)]
    pairs = [pair for zones in present for pair in combinations_with_replacement(zones, 2)]
    return sum(not question.shares(*pair, minutes_of(terms)) for pair in pairs)


def _coach_load(question: PodQuestion, groups: Sequence[Group], terms: CoachLoad) -> int:
    most = terms.max_pods
    if most is None or not question.coached:
        return 0
    pods = sum(len(group) for group in groups)
    return max(pods - sum(max(most - carrier.carries, 0) for carrier in question.carriers), 0)


def _coach_accredited(question: PodQuestion, groups: Sequence[Group], terms: CoachAccredited) -> int:
    if not question.coached:
        return 0
    pods = sum(len(group) for group in groups)
    fit = [carrier for carrier in question.carriers if not lacks(carrier, terms)]
    return max(pods - sum(pods if carrier.room is None else carrier.room for carrier in fit), 0)


LEAST: dict[type, Callable[[PodQuestion, Sequence[Group], Any], int]] = {
    PodSize: _pod_size,
    Same: _same,
    Mix: _mix,
    Similar: _similar,
    Apart: _apart,
    Together: _together,
    TimezoneOverlap: _timezone_overlap,
    CoachLoad: _coach_load,
    CoachAccredited: _coach_accredited,
}
"""The fewest units of each kind."""
