"""One coach's pods together: never in two places, never more sessions a day than allowed.

First every pod takes its own cheapest series, which bounds the cost from below. Where those clash, a quick
schedule (pods in turn, around what is taken) bounds it from above, every slot that cannot be part of anything
better is dropped, and CP-SAT settles the rest on the remaining paths.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from convener.planning.dates.paths import FAR, Series, backward, cheapest, forward
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.slots import Node
from convener.planning.search import Found, Search, Term, run, total


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
    if any(path is None for path in alone):
        return Found.NONE
    best = [path for path in alone if path is not None]
    least = sum(cost for cost, _ in best)
    paths = [path for _, path in best]
    diary = Diary.of(question, coach)
    if not coach or _fits(diary, series, paths):
        return Schedule(paths, least, least)
    quick = _in_turn(diary, series)
    if quick is not None and quick.cost == least:
        return quick
    return _settle(diary, series, quick, least, search)


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


def _in_turn(diary: Diary, series: Sequence[Series]) -> Schedule | None:
    """Schedule pods one after the other, those with the fewest slots first; start again with whoever failed."""
    order = sorted(range(len(series)), key=lambda at: (sum(len(layer) for layer in series[at].layers), at))
    for _ in range(2 * len(series)):
        chosen: dict[int, tuple[int, list[int]]] = {}
        failed: int | None = None
        for at in order:
            taken = [slot for other, (_, path) in chosen.items() for slot in slots_of(series[other], path)]
            found = cheapest(series[at], diary.blocked(taken))
            if found is None:
                failed = at
                break
            chosen[at] = found
        if failed is None:
            _improve(diary, series, chosen)
            paths = [chosen[at][1] for at in range(len(series))]
            return Schedule(paths, sum(cost for cost, _ in chosen.values()), 0)
        order = [failed, *(at for at in order if at != failed)]
    return None


def _improve(diary: Diary, series: Sequence[Series], chosen: dict[int, tuple[int, list[int]]]) -> None:
    """Let each pod look again for something better around the others, until none finds anything."""
    gained = True
    while gained:
        gained = False
        for at in sorted(chosen):
            others = [s for o, (_, path) in chosen.items() if o != at for s in slots_of(series[o], path)]
            found = cheapest(series[at], diary.blocked(others))
            if found is not None and found[0] < chosen[at][0]:
                chosen[at] = found
                gained = True


@dataclass(slots=True)
class Flow:
    """One pod's paths in the model: whether each arc and node is taken."""

    nodes: list[dict[int, cp_model.IntVar]]
    arcs: list[dict[tuple[int, int], cp_model.IntVar]]


def _settle(
    diary: Diary, series: Sequence[Series], quick: Schedule | None, least: int, search: Search
) -> Schedule | Found:
    model = cp_model.CpModel()
    slack = FAR if quick is None else quick.cost - least
    costs: list[Term] = []
    flows: list[Flow] = []
    for place, each in enumerate(series):
        flow = _flow(model, each, slack, costs)
        flows.append(flow)
        if quick is not None:
            for layer, at in enumerate(quick.paths[place]):
                for node, taken in flow.nodes[layer].items():
                    model.add_hint(taken, int(node == at))
    _share(model, diary, series, flows)
    model.minimize(total(costs))
    outcome = run(model, search)
    if not outcome.ok:
        if quick is None:
            return outcome.found
        return Schedule(quick.paths, quick.cost, max(least, outcome.bound))
    paths = [
        [next(at for at, v in layer.items() if outcome.solver.boolean_value(v)) for layer in f.nodes] for f in flows
    ]
    return Schedule(paths, round(outcome.solver.objective_value), max(least, outcome.bound))


def _flow(model: cp_model.CpModel, series: Series, slack: int, costs: list[Term]) -> Flow:
    before, after = forward(series), backward(series)
    most = min(after[0]) + slack if slack < FAR else FAR - 1
    flow = Flow([], [])
    for layer, nodes in enumerate(series.layers):
        kept = [at for at in range(len(nodes)) if before[layer][at] + after[layer][at] <= most]
        flow.nodes.append({at: model.new_bool_var("") for at in kept})
        model.add_exactly_one(flow.nodes[-1].values())
        costs.extend(taken * nodes[at].cost for at, taken in flow.nodes[-1].items())
    for layer in range(series.ends - 1):
        arcs: dict[tuple[int, int], cp_model.IntVar] = {}
        for at in flow.nodes[layer]:
            here = before[layer][at] + series.layers[layer][at].cost
            for to, cost in series.arcs[layer][at]:
                if to in flow.nodes[layer + 1] and here + cost + after[layer + 1][to] <= most:
                    arcs[at, to] = model.new_bool_var("")
                    costs.append(arcs[at, to] * cost)
        flow.arcs.append(arcs)
        for at, taken in flow.nodes[layer].items():
            model.add(total([arc for (one, _), arc in arcs.items() if one == at]) == taken)
        for to, taken in flow.nodes[layer + 1].items():
            model.add(total([arc for (_, other), arc in arcs.items() if other == to]) == taken)
    return flow


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
