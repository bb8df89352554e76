"""The gap between prices and schedule, closed exactly: CP-SAT on the few steps that a better schedule could take.

A node or step whose cheapest path under the prices leaves the slack is in no better schedule (reduced-cost fixing;
Nemhauser, Wolsey, Integer and Combinatorial Optimization, 1988). What is left is one unit of flow for each pod.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from convener.planning.dates.series import IntArray
from convener.planning.dates.solver.components import UNIT, Component
from convener.planning.dates.solver.paths import NEVER, Graph, Path, backward, forward
from convener.planning.dates.solver.quest import Account, Quest
from convener.planning.search import Found, Term, run, total

Steps = list[list[tuple[int, int]]]
"""For each layer but the last, the steps that are left, each from a node to a node."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a better schedule could take of one pod's graph."""

    nodes: list[list[int]]
    """For each layer."""
    steps: Steps

    @property
    def count(self) -> int:
        """Return how many steps are left."""
        return sum(len(each) for each in self.steps)


def left(quest: Quest) -> list[Left]:
    """Return for each pod what a schedule that costs less than the best known could take."""
    slack = NEVER // 2 if quest.slack is None else quest.slack
    component = quest.component
    return [_left(graph, component.price(at, quest.dear), slack) for at, graph in enumerate(component.graphs)]


def _left(graph: Graph, price: IntArray, slack: int) -> Left:
    to, on = forward(graph, price), backward(graph, price)
    most = (int(on[0].min()) if on else 0) + slack
    own = graph.cost + price
    nodes, steps = list[list[int]](), Steps()
    for layer, span in enumerate(graph.spans):
        alive = to[layer] + np.minimum(on[layer], NEVER) - np.minimum(own[layer, span], NEVER) <= most
        nodes.append((np.flatnonzero(alive) + span.start).tolist())
        if layer:
            before = graph.spans[layer - 1]
            costs = to[layer - 1][:, np.newaxis] + graph.between[before, span] + on[layer]
            ones, others = np.nonzero(costs <= most)
            steps.append(list(zip((ones + before.start).tolist(), (others + span.start).tolist(), strict=True)))
    return Left(nodes, steps)


def settle(quest: Quest, remaining: Sequence[Left], account: Account, steps: int) -> None:
    """Find the best schedule of what is left of the graphs, or prove that the best known is best, within *steps*."""
    if any(not nodes for each in remaining for nodes in each.nodes):
        _prove_best(quest)
        return
    model = cp_model.CpModel()
    flows = [_flow(model, each) for each in remaining]
    _share(model, quest.component, flows)
    model.minimize(total([term for at, flow in enumerate(flows) for term in _costs(quest.component.graphs[at], flow)]))
    if quest.paths is not None:
        for flow, path in zip(flows, quest.paths, strict=True):
            _hint(model, flow, path)
    effort = account.watched()
    outcome = run(model, effort, steps, linear=True)
    account.counted(effort)
    if outcome.ok:
        quest.offer(tuple(_path(outcome.solver, flow) for flow in flows))
    if outcome.found is Found.NONE:
        _prove_best(quest)
    elif outcome.found is not Found.UNKNOWN:
        quest.prove(outcome.bound)


def _prove_best(quest: Quest) -> None:
    """Nothing better is left: the best known is the best there is."""
    if quest.cost is None:
        quest.impossible = True
    else:
        quest.prove(quest.cost)


@dataclass(frozen=True, slots=True)
class Flow:
    """One pod's path in the model: whether each node and step is taken."""

    nodes: list[dict[int, cp_model.IntVar]]
    steps: list[dict[tuple[int, int], cp_model.IntVar]]


def _flow(model: cp_model.CpModel, remaining: Left) -> Flow:
    flow = Flow(
        [{at: model.new_bool_var("") for at in nodes} for nodes in remaining.nodes],
        [{(one, other): model.new_bool_var("") for one, other in steps} for steps in remaining.steps],
    )
    for nodes in flow.nodes:
        model.add_exactly_one(nodes.values())
    for layer, steps in enumerate(flow.steps):
        leaving: dict[int, list[Term]] = defaultdict(list)
        reaching: dict[int, list[Term]] = defaultdict(list)
        for (one, other), taken in steps.items():
            leaving[one].append(taken)
            reaching[other].append(taken)
        for at, taken in flow.nodes[layer].items():
            model.add(total(leaving[at]) == taken)
        for at, taken in flow.nodes[layer + 1].items():
            model.add(total(reaching[at]) == taken)
    return flow


def _costs(graph: Graph, flow: Flow) -> list[Term]:
    nodes = [
        taken * (int(graph.cost[layer, at]) // UNIT)
        for layer, each in enumerate(flow.nodes)
        for at, taken in each.items()
    ]
    return [
        *nodes,
        *(taken * (int(graph.between[step]) // UNIT) for each in flow.steps for step, taken in each.items()),
    ]


def _share(model: cp_model.CpModel, component: Component, flows: Sequence[Flow]) -> None:
    counted: dict[int, list[Term]] = defaultdict(list)
    for rows, flow in zip(component.rows, flows, strict=True):
        for nodes in flow.nodes:
            for at, taken in nodes.items():
                for row in rows[at].tolist():
                    counted[row].append(taken)
    for row, most in enumerate(component.most.tolist()):
        if len(counted[row]) > most:
            model.add(total(counted[row]) <= most)


def _hint(model: cp_model.CpModel, flow: Flow, path: Path) -> None:
    for layer, nodes in enumerate(flow.nodes):
        for at, taken in nodes.items():
            model.add_hint(taken, int(at == path[layer]))
    for layer, steps in enumerate(flow.steps):
        for step, taken in steps.items():
            model.add_hint(taken, int(step == path[layer : layer + 2]))


def _path(solver: cp_model.CpSolver, flow: Flow) -> Path:
    return tuple(next(at for at, taken in nodes.items() if solver.boolean_value(taken)) for nodes in flow.nodes)
