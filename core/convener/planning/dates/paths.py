"""Paths through the slots: the cheapest series of dates for one pod, exactly, by dynamic programming.

Layer *n* holds the slots that session *n* may take (one, when its date is kept); an arc joins two slots whose gap
every inflexible rule allows. Node costs come from `slots`, arc costs from gaps, cadence and pattern.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from convener.planning.dates.question import EVERY, DatesQuestion, PodDates, stretch
from convener.planning.dates.slots import Node, node_of, nodes_of
from convener.planning.hours import cadence_days
from convener.rulesets.kinds import SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule

ASPECTS = ("week-of-month", "weekday", "time")
DRIFT = 3
"""Days off the cadence that cost 1."""
NO_PRICES: Mapping[int, float] = MappingProxyType({})
FAR = 10**9
"""A cost no path has."""


@dataclass(slots=True)
class Arcs:
    """Which gaps are allowed and what they cost."""

    gaps: list[tuple[Rule, SessionGap]]
    patterns: list[tuple[Rule, SessionPattern]]
    cadence: int | None
    least: int = 1
    most: int = 10**6

    @classmethod
    def of(cls, question: DatesQuestion, pod: PodDates) -> "Arcs":
        """Read the rules about gaps and patterns as they hold for *pod*."""
        gaps = question.ruleset.rules_of(SessionGap, pod.name)
        hard = [terms for rule, terms in gaps if rule.inflexible]
        return cls(
            gaps,
            question.ruleset.rules_of(SessionPattern, pod.name),
            cadence_days(question.ruleset),
            max([terms.min.days for terms in hard], default=1) or 1,
            min([terms.max.days for terms in hard], default=10**6),
        )

    def allows(self, one: Node, other: Node) -> bool:
        """Tell whether *other* may follow *one*."""
        if not self.least <= other.day - one.day <= self.most:
            return False
        return not any(rule.inflexible and _differs(terms, one, other) for rule, terms in self.patterns)

    def costs(self, one: Node, other: Node) -> dict[str, int]:
        """Return what it costs by each rule that *other* follows *one*."""
        days = other.day - one.day
        found: dict[str, int] = {}
        for rule, gap in self.gaps:
            if not rule.inflexible:
                found[rule.id] = rule.weight * max(days - gap.max.days, gap.min.days - days, 0)
        for rule, pattern in self.patterns:
            if not rule.inflexible:
                found[rule.id] = rule.weight * _differs(pattern, one, other)
        if self.cadence is not None:
            found[EVERY] = abs(days - self.cadence) // DRIFT
        return found


def _differs(terms: SessionPattern, one: Node, other: Node) -> int:
    return sum(one.form[at] != other.form[at] for at, aspect in enumerate(ASPECTS) if aspect in terms.same)


@dataclass(slots=True)
class Series:
    """The layers of one pod and the arcs between them."""

    pod: PodDates
    layers: list[list[Node]]
    arcs: list[list[list[tuple[int, int]]]] = field(default_factory=list[list[list[tuple[int, int]]]])
    """For each layer but the last, for each node, (node of the next layer, cost)."""

    @property
    def ends(self) -> int:
        """Number of layers."""
        return len(self.layers)


def series_of(question: DatesQuestion, pod: PodDates) -> Series:
    """Lay out the layers of *pod*: the slots that no rule forbids."""
    free = [node for node in nodes_of(question, pod) if not node.broken]
    settled = {number: [node_of(question, stretch(session))] for number, session in pod.settled.items()}
    rules = Arcs.of(question, pod)
    layers = [settled.get(number, free) for number in pod.numbers]
    series = Series(pod, layers)
    known: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    for one, other in pairwise(layers):
        key = (id(one), id(other))
        if key not in known:
            known[key] = _join(rules, one, other)
        series.arcs.append(known[key])
    return series


def _join(rules: Arcs, one: Sequence[Node], other: Sequence[Node]) -> list[list[tuple[int, int]]]:
    days = [node.day for node in other]
    kept = len(one) == len(other) == 1 and one[0].slot < 0 and other[0].slot < 0
    if kept:
        return [[(0, 0)]]  # two sessions that keep their dates are not judged again
    joined: list[list[tuple[int, int]]] = []
    for node in one:
        first = bisect_left(days, node.day + rules.least)
        last = bisect_left(days, node.day + rules.most + 1)
        joined.append(
            [
                (at, sum(rules.costs(node, other[at]).values()))
                for at in range(first, last)
                if rules.allows(node, other[at])
            ]
        )
    return joined


def cheapest(
    series: Series, blocked: Collection[int] = (), price: Mapping[int, float] = NO_PRICES
) -> tuple[float, list[int]] | None:
    """Return cost and nodes (by layer) of the cheapest series without *blocked* slots, None when there is none.

    *price* adds to the cost of a slot. Of equals the earliest dates win.
    """
    after = backward(series, blocked, price)
    starts = [(cost, at) for at, cost in enumerate(after[0]) if cost < FAR] if after else []
    if not starts:
        return None if series.layers else (0, [])
    cost, at = min(starts)
    path = [at]
    for layer in range(series.ends - 1):
        _, at = min((arc + after[layer + 1][to], to) for to, arc in series.arcs[layer][at])
        path.append(at)
    return cost, path


def backward(
    series: Series, blocked: Collection[int] = (), price: Mapping[int, float] = NO_PRICES
) -> list[list[float]]:
    """Return for each layer and node the least cost from that node on, `FAR` where no series goes on."""
    found: list[list[float]] = []
    for layer in reversed(range(series.ends)):
        costs: list[float] = []
        following = found[-1] if found else None
        for at, node in enumerate(series.layers[layer]):
            rest = 0.0
            if following is not None:
                rest = min((arc + following[to] for to, arc in series.arcs[layer][at]), default=float(FAR))
            barred = node.slot >= 0 and node.slot in blocked
            own = node.cost + price.get(node.slot, 0)
            costs.append(FAR if barred or rest >= FAR else own + rest)
        found.append(costs)
    return found[::-1]


def forward(series: Series, price: Mapping[int, float] = NO_PRICES) -> list[list[float]]:
    """Return for each layer and node the least cost up to that node, its own left out."""
    found = [[0.0] * len(series.layers[0])] if series.layers else []
    for layer in range(series.ends - 1):
        reached = [float(FAR)] * len(series.layers[layer + 1])
        for at, node in enumerate(series.layers[layer]):
            here = found[-1][at] + node.cost + price.get(node.slot, 0)
            for to, arc in series.arcs[layer][at]:
                reached[to] = min(reached[to], here + arc)
        found.append(reached)
    return found
