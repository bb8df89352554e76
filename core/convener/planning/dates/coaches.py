"""One coach's pods together: never in two places, never more sessions a day than allowed.

First every pod takes its own cheapest series, which bounds the cost from below. Where those clash, a quick
schedule (pods in turn, around what is taken) bounds it from above, every slot that cannot be part of anything
better is dropped, and CP-SAT settles the rest on the remaining paths.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from ortools.sat.python import cp_model

from convener.planning.dates.paths import FAR, NO_PRICES, Series, backward, cheapest, forward
from convener.planning.dates.prices import EXACT, Limit, Priced, settle_prices
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.slots import Node
from convener.planning.search import Found, Search, Term, run, total

HOPE = 10
"""What a schedule may cost above the bound, as a first guess, where none is known."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Chosen nodes of every pod, by layer, with cost and bound."""

    paths: list[list[int]]
    cost: int
    bound: int


@dataclass(slots=True)
class Diary:
    """What a coach may not double: slots that overlap, and days that are full."""

    question: DatesQuestion
    coach: str
    overlaps: list[frozenset[int]]
    """For each slot the slots that overlap it, itself included."""
    days: list[date]
    """For each slot the coach's own date."""
    room: dict[date, int]
    """How many more sessions each date can take; absent for any number."""

    @classmethod
    def of(cls, question: DatesQuestion, coach: str) -> "Diary":
        """Lay out the diary of *coach* over the slots of the question."""
        slots, zone = question.slots, question.zone(coach)
        days = [question.local(slot.starts, zone).date() for slot in slots]
        taken = Counter(question.local(starts, zone).date() for starts, _ in question.engaged.get(coach, ()))
        cap = question.daily_cap()
        room = {} if cap is None else {day: max(cap - taken[day], 0) for day in days}
        return cls(question, coach, _overlaps(question), days, room)

    def blocked(self, chosen: Sequence[int]) -> set[int]:
        """Return the slots that cannot be taken beside the *chosen* ones."""
        found = {other for slot in chosen for other in self.overlaps[slot]}
        used = Counter(self.days[slot] for slot in chosen)
        full = {day for day, count in used.items() if day in self.room and count >= self.room[day]}
        return found | {slot for slot, day in enumerate(self.days) if day in full}

    def limits(self) -> list[Limit]:
        """Return what the coach cannot do at once: sessions that overlap, and more than a day takes."""
        at_once = [Limit(frozenset(o for o in each if o <= at), 1) for at, each in enumerate(self.overlaps)]
        by_day: dict[date, set[int]] = {}
        for slot, day in enumerate(self.days):
            if day in self.room:
                by_day.setdefault(day, set()).add(slot)
        return [*at_once, *(Limit(frozenset(slots), self.room[day]) for day, slots in sorted(by_day.items()))]


def _overlaps(question: DatesQuestion) -> list[frozenset[int]]:
    slots = question.slots
    found: list[set[int]] = [{at} for at in range(len(slots))]
    for at, slot in enumerate(slots):
        for other in range(at + 1, len(slots)):
            if slots[other].starts >= slot.ends:
                break
            found[at].add(other)
            found[other].add(at)
    return [frozenset(each) for each in found]


def schedule(question: DatesQuestion, coach: str, series: Sequence[Series], search: Search) -> Schedule | Found:
    """Return the best schedule of one coach's pods, `NONE` when there is provably none."""
    alone = [cheapest(each) for each in series]
    best = [path for path in alone if path is not None]
    if len(best) < len(series):
        return Found.NONE
    least = round(sum(cost for cost, _ in best))
    paths = [path for _, path in best]
    diary = Diary.of(question, coach)
    if not coach or _fits(diary, series, paths):
        return Schedule(paths, least, least)
    quick = _in_turn(diary, series)
    if quick is not None and quick.cost == least:
        return Schedule(quick.paths, least, least)
    upper = quick.cost if quick else least + HOPE
    prices = settle_prices(diary.limits(), partial(_under, series), upper)
    better = _in_turn(diary, series, prices.price)
    if better is not None and (quick is None or better.cost < quick.cost):
        quick = better
    proved = max(least, math.ceil(prices.bound - EXACT))
    if quick is not None and quick.cost <= proved:
        return Schedule(quick.paths, quick.cost, quick.cost)
    return _settle(diary, series, quick, Priced(prices.price, proved), search)


def _under(series: Sequence[Series], price: Mapping[int, float]) -> tuple[float, list[int]]:
    cost, taken = 0.0, list[int]()
    for each in series:
        found = cheapest(each, price=price)
        if found is not None:
            cost += found[0]
            taken += slots_of(each, found[1])
    return cost, taken


def slots_of(series: Series, path: Sequence[int]) -> list[int]:
    """Return the slots a path takes, sessions that keep their dates left out."""
    nodes = [series.layers[layer][at] for layer, at in enumerate(path)]
    return [node.slot for node in nodes if node.slot >= 0]


def _fits(diary: Diary, series: Sequence[Series], paths: Sequence[Sequence[int]]) -> bool:
    taken: list[int] = []
    for each, path in zip(series, paths, strict=True):
        mine = slots_of(each, path)
        if diary.blocked(taken) & set(mine):
            return False
        taken += mine
    return True


def _in_turn(diary: Diary, series: Sequence[Series], price: Mapping[int, float] = NO_PRICES) -> Schedule | None:
    """Schedule pods one after the other, those with the fewest slots first; start again with whoever failed."""
    order = sorted(range(len(series)), key=lambda at: (sum(len(layer) for layer in series[at].layers), at))
    for _ in range(2 * len(series)):
        chosen: dict[int, list[int]] = {}
        failed: int | None = None
        for at in order:
            found = cheapest(series[at], diary.blocked(_taken(series, chosen)), price)
            if found is None:
                failed = at
                break
            chosen[at] = found[1]
        if failed is None:
            cost = _improve(diary, series, chosen)
            return Schedule([chosen[at] for at in range(len(series))], cost, 0)
        order = [failed, *(at for at in order if at != failed)]
    return None


def _taken(series: Sequence[Series], chosen: Mapping[int, list[int]], but: int = -1) -> list[int]:
    return [slot for at, path in chosen.items() if at != but for slot in slots_of(series[at], path)]


def _improve(diary: Diary, series: Sequence[Series], chosen: dict[int, list[int]]) -> int:
    """Let each pod look again for something better around the others, until none finds anything; return the cost."""
    costs: dict[int, float] = dict.fromkeys(chosen, float(FAR))
    gained = True
    while gained:
        gained = False
        for at in sorted(chosen):
            found = cheapest(series[at], diary.blocked(_taken(series, chosen, but=at)))
            if found is not None and found[0] < costs[at]:
                costs[at], chosen[at] = found
                gained = True
    return round(sum(costs.values()))


@dataclass(slots=True)
class Flow:
    """One pod's paths in the model: whether each arc and node is taken."""

    nodes: list[dict[int, cp_model.IntVar]]
    arcs: list[dict[tuple[int, int], cp_model.IntVar]]


def _settle(
    diary: Diary, series: Sequence[Series], quick: Schedule | None, prices: Priced, search: Search
) -> Schedule | Found:
    model = cp_model.CpModel()
    slack = FAR if quick is None else quick.cost - prices.bound
    costs: list[Term] = []
    flows = [_flow(model, each, slack, prices.price, costs) for each in series]
    if quick is not None:
        for flow, path in zip(flows, quick.paths, strict=True):
            _hint(model, flow, path)
    _share(model, diary, series, flows)
    model.minimize(total(costs))
    outcome = run(model, search)
    proved = max(round(prices.bound), outcome.bound)
    if not outcome.ok:
        return outcome.found if quick is None else Schedule(quick.paths, quick.cost, min(proved, quick.cost))
    paths = [
        [next(at for at, v in layer.items() if outcome.solver.boolean_value(v)) for layer in f.nodes] for f in flows
    ]
    return Schedule(paths, round(outcome.solver.objective_value), proved)


def _hint(model: cp_model.CpModel, flow: Flow, path: Sequence[int]) -> None:
    for layer, nodes in enumerate(flow.nodes):
        for at, taken in nodes.items():
            model.add_hint(taken, int(at == path[layer]))
    for layer, arcs in enumerate(flow.arcs):
        for arc, taken in arcs.items():
            model.add_hint(taken, int(arc == (path[layer], path[layer + 1])))


def _flow(model: cp_model.CpModel, series: Series, slack: float, price: Mapping[int, float], costs: list[Term]) -> Flow:
    before, after = forward(series, price), backward(series, price=price)
    most = min(after[0]) + slack + EXACT if slack < FAR else FAR - 1.0
    flow = Flow([], [])
    for layer, nodes in enumerate(series.layers):
        kept = [at for at in range(len(nodes)) if before[layer][at] + after[layer][at] <= most]
        flow.nodes.append({at: model.new_bool_var("") for at in kept})
        model.add_exactly_one(flow.nodes[-1].values())
        costs.extend(taken * nodes[at].cost for at, taken in flow.nodes[-1].items())
    for layer in range(series.ends - 1):
        arcs: dict[tuple[int, int], cp_model.IntVar] = {}
        for at in flow.nodes[layer]:
            node = series.layers[layer][at]
            here = before[layer][at] + node.cost + price.get(node.slot, 0)
            for to, cost in series.arcs[layer][at]:
                if to in flow.nodes[layer + 1] and here + cost + after[layer + 1][to] <= most:
                    arcs[at, to] = model.new_bool_var("")
                    costs.append(arcs[at, to] * cost)
        flow.arcs.append(arcs)
        _conserve(model, flow, layer)
    return flow


def _conserve(model: cp_model.CpModel, flow: Flow, layer: int) -> None:
    leaving: dict[int, list[Term]] = {at: [] for at in flow.nodes[layer]}
    reaching: dict[int, list[Term]] = {at: [] for at in flow.nodes[layer + 1]}
    for (one, other), arc in flow.arcs[layer].items():
        leaving[one].append(arc)
        reaching[other].append(arc)
    for at, arcs in leaving.items():
        model.add(total(arcs) == flow.nodes[layer][at])
    for at, arcs in reaching.items():
        model.add(total(arcs) == flow.nodes[layer + 1][at])


def _share(model: cp_model.CpModel, diary: Diary, series: Sequence[Series], flows: Sequence[Flow]) -> None:
    """Keep the coach in one place at a time, with no more sessions a day than fit."""
    on_slot: dict[int, list[cp_model.IntVar]] = {}
    for each, flow in zip(series, flows, strict=True):
        for layer, taken in enumerate(flow.nodes):
            for at, variable in taken.items():
                node: Node = each.layers[layer][at]
                if node.slot >= 0:
                    on_slot.setdefault(node.slot, []).append(variable)
    on_day: dict[date, list[cp_model.IntVar]] = {}
    for slot, variables in sorted(on_slot.items()):
        on_day.setdefault(diary.days[slot], []).extend(variables)
        begun = [other for other in diary.overlaps[slot] if other <= slot]
        model.add(total([v for other in sorted(begun) for v in on_slot.get(other, [])]) <= 1)
    for day, variables in sorted(on_day.items()):
        if day in diary.room:
            model.add(total(variables) <= diary.room[day])
