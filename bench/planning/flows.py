"""Whole models of a date problem for HiGHS and CP-SAT, both as OR-Tools brings them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from time import perf_counter
from types import ModuleType
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model
from peers import solver

Node = tuple[int, int, int]
"""Pod, session number and slot."""
Answer = dict[str, Any]


@dataclass(slots=True)
class Flow:
    """Columns of the layered flow of all pods: a way into each node, with what it adds to the objective."""

    before: list[Node | None] = field(default_factory=list)
    node: list[Node] = field(default_factory=list)
    gain: list[int] = field(default_factory=list)

    def add(self, before: Node | None, node: Node, gain: int) -> None:
        """Add a column."""
        self.before.append(before)
        self.node.append(node)
        self.gain.append(gain)


def _steps(gen: ModuleType, slots: list[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {slot: [] for slot in slots}
    for one in slots:
        for other in slots:
            penalty = gen.gappen(gen.DAY[other] - gen.DAY[one]) if other > one else None
            if penalty is not None:
                found[one].append((other, penalty))
    return found


def _layers(gen: ModuleType, slots: list[int], steps: Mapping[int, list[tuple[int, int]]]) -> list[set[int]]:
    """Return for each session the slots that lie on any whole series."""
    ahead = [{slot for slot in slots if gen.DAY[slot] <= gen.FIRST}]
    for _ in range(1, gen.NS):
        ahead.append({to for slot in ahead[-1] for to, _ in steps[slot]})
    for layer in range(gen.NS - 2, -1, -1):
        ahead[layer] = {slot for slot in ahead[layer] if any(to in ahead[layer + 1] for to, _ in steps[slot])}
    return ahead


def flow(gen: ModuleType, problem: Mapping[str, Any]) -> Flow:
    """Return the layered flow of a problem."""
    found = Flow()
    for at, pod in enumerate(problem["pods"]):
        slots = gen.nodes(pod)
        steps = _steps(gen, slots)
        layers = _layers(gen, slots, steps)
        for slot in sorted(layers[0]):
            found.add(None, (at, 0, slot), gen.slotscore(pod, slot))
        for layer in range(1, gen.NS):
            for slot in sorted(layers[layer - 1]):
                for to, penalty in steps[slot]:
                    if to in layers[layer]:
                        found.add((at, layer - 1, slot), (at, layer, to), gen.slotscore(pod, to) - penalty)
    return found


def _rows(gen: ModuleType, problem: Mapping[str, Any], columns: Flow) -> Iterator[tuple[list[int], list[float], float]]:
    """Yield members, factors and lower bound of each row; every upper bound is the factor of the constant below."""
    into: dict[Node, list[int]] = defaultdict(list)
    out: dict[Node, list[int]] = defaultdict(list)
    first: dict[int, list[int]] = defaultdict(list)
    coach: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, (before, node) in enumerate(zip(columns.before, columns.node, strict=True)):
        into[node].append(at)
        (first[node[0]] if before is None else out[before]).append(at)
        coach[problem["pods"][node[0]]["coach"], node[2]].append(at)
    for starts in first.values():
        yield starts, [1.0] * len(starts), 1.0
    for node, ways in into.items():
        if node[1] < gen.NS - 1:
            yield [*ways, *out[node]], [1.0] * len(ways) + [-1.0] * len(out[node]), 0.0
    for members in coach.values():
        yield members, [1.0] * len(members), -1.0


def highs(gen: ModuleType, problem: Mapping[str, Any], seconds: float) -> Answer:
    """Return HiGHS's schedule of the whole layered flow; `writing` is the seconds that the model took to write."""
    began = perf_counter()
    columns = flow(gen, problem)
    model = mathopt.Model.from_model_proto(_proto(gen, problem, columns))
    writing = perf_counter() - began
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))  # its threads are its own choice
    began = perf_counter()
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    took = perf_counter() - began
    if not result.has_primal_feasible_solution():
        return {"failed": f"nothing in {took:.0f} s", "seconds": took, "writing": writing}
    taken = [columns.node[int(v.id)] for v, value in result.variable_values().items() if value > 1 / 2]
    paths: dict[int, dict[int, int]] = defaultdict(dict)
    for pod, number, slot in taken:
        paths[pod][number] = slot
    slots = [[paths[pod][number] for number in range(gen.NS)] for pod in range(len(problem["pods"]))]
    bound = int(result.termination.objective_bounds.dual_bound + 1e-6)
    return {**_judged(gen, problem, slots), "bound": bound, "seconds": took, "writing": writing}


def _judged(gen: ModuleType, problem: Mapping[str, Any], slots: list[list[int]]) -> Answer:
    said = gen.check(problem, slots)
    return {"objective": said["obj"], "said": f"{said['bad']} bad, {said['below_quorum']} below quorum"}


def _proto(gen: ModuleType, problem: Mapping[str, Any], columns: Flow) -> model_pb2.ModelProto:
    rows = list(_rows(gen, problem, columns))
    count = len(columns.node)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(count))
    proto.variables.lower_bounds.extend(np.zeros(count))
    proto.variables.upper_bounds.extend(np.ones(count))
    proto.variables.integers.extend([True] * count)
    proto.objective.maximize = True
    gains = [(at, float(gain)) for at, gain in enumerate(columns.gain) if gain]
    proto.objective.linear_coefficients.ids.extend(at for at, _ in gains)
    proto.objective.linear_coefficients.values.extend(gain for _, gain in gains)
    proto.linear_constraints.ids.extend(range(len(rows)))
    proto.linear_constraints.lower_bounds.extend(max(side, 0.0) for _, _, side in rows)
    proto.linear_constraints.upper_bounds.extend(abs(side) for _, _, side in rows)
    for at, (members, factors, _) in enumerate(rows):
        order = np.argsort(members, kind="stable")
        proto.linear_constraint_matrix.row_ids.extend([at] * len(members))
        proto.linear_constraint_matrix.column_ids.extend(np.asarray(members)[order])
        proto.linear_constraint_matrix.coefficients.extend(np.asarray(factors)[order])
    return proto


def cp_sat(gen: ModuleType, problem: Mapping[str, Any], seconds: float) -> Answer:
    """Return CP-SAT's schedule from a model with the day of each session as a variable and gaps by table."""
    model = cp_model.CpModel()
    takes: dict[Node, cp_model.IntVar] = {}
    gains = [gain for at in range(len(problem["pods"])) for gain in _series(model, gen, problem, at, takes)]
    _one_place(model, problem, takes)
    model.maximize(sum(gains))
    began = perf_counter()
    engine = solver(seconds)
    status = engine.solve(model)
    took = perf_counter() - began
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return {"failed": f"nothing in {took:.0f} s", "seconds": took}
    slots = [[0] * gen.NS for _ in problem["pods"]]
    for (pod, number, slot), take in takes.items():
        if engine.boolean_value(take):
            slots[pod][number] = slot
    return {**_judged(gen, problem, slots), "bound": round(engine.best_objective_bound), "seconds": took}


def _series(
    model: cp_model.CpModel, gen: ModuleType, problem: Mapping[str, Any], at: int, takes: dict[Node, cp_model.IntVar]
) -> Iterator[cp_model.LinearExprT]:
    """Lay one pod's dates on *model* and *takes*, and yield what they add to the objective."""
    pod = problem["pods"][at]
    days: list[cp_model.IntVar] = []
    penalties = [gen.gappen(days) or 0 for days in range(gen.LMAX + 1)]
    for number in range(gen.NS):
        here = {(at, number, slot): model.new_bool_var("") for slot in gen.nodes(pod)}
        takes |= here
        model.add_exactly_one(here.values())
        days.append(model.new_int_var(0, max(gen.DAY) if number else gen.FIRST, ""))
        model.add(days[-1] == sum(gen.DAY[slot] * take for (_, _, slot), take in here.items()))
        yield from (gen.slotscore(pod, slot) * take for (_, _, slot), take in here.items())
    for one, other in pairwise(days):
        gap, penalty = model.new_int_var(gen.LMIN, gen.LMAX, ""), model.new_int_var(0, max(penalties), "")
        model.add(gap == other - one)
        model.add_element(gap, penalties, penalty)
        yield -penalty


def _one_place(model: cp_model.CpModel, problem: Mapping[str, Any], takes: Mapping[Node, cp_model.IntVar]) -> None:
    coach: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (pod, _, slot), take in takes.items():
        coach[problem["pods"][pod]["coach"], slot].append(take)
    for members in coach.values():
        model.add_at_most_one(members)
