"""What others do with the same questions: whole models of CP-SAT and HiGHS, as OR-Tools brings them.

Each gets the cores it takes and as many seconds as ours; the time to write the model down does not count against them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations
from time import perf_counter
from typing import Any

from ortools.sat.python import cp_model

Seats = dict[tuple[int, int], cp_model.IntVar]
"""Whether a person sits in a pod."""
CORES = 2
MAXSPREAD = 3
"""Hours that the zones of a pod may lie apart."""


def solver(seconds: float) -> cp_model.CpSolver:
    """Return CP-SAT as it comes, with both cores."""
    found = cp_model.CpSolver()
    found.parameters.num_workers = CORES
    found.parameters.max_time_in_seconds = seconds
    return found


def divide(roster: Mapping[str, Any], weights: Mapping[str, int], seconds: float) -> dict[str, Any]:
    """Divide a whole roster into pods of its own sizes with CP-SAT: the fewest pairs that share a value."""
    model = cp_model.CpModel()
    seats: Seats = {}
    costs: list[cp_model.LinearExprT] = []
    by_region: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for person in roster["people"]:
        by_region[person["region"]].append(person)
    for region, people in by_region.items():
        frames = {at: size for at, (where, size) in enumerate(roster["pods"]) if where == region}
        for person in people:
            options = {(person["id"], at): model.new_bool_var("") for at in frames}
            model.add_exactly_one(options.values())
            seats |= options
        alike = _alike(people, weights)
        for at, size in frames.items():
            model.add(cp_model.LinearExpr.sum([seats[person["id"], at] for person in people]) == size)
            costs += _costs(model, seats, at, size, alike)
            _zones(model, people, seats, at)
    _pairs(model, roster, seats)
    model.minimize(cp_model.LinearExpr.sum(costs))
    return _solved(model, roster, seats, seconds)


def _solved(model: cp_model.CpModel, roster: Mapping[str, Any], seats: Seats, seconds: float) -> dict[str, Any]:
    began = perf_counter()
    engine = solver(seconds)
    status = engine.solve(model)
    took = perf_counter() - began
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return {"failed": f"nothing in {took:.1f} s", "seconds": took}
    sits = {person: at for (person, at), seat in seats.items() if engine.boolean_value(seat)}
    return {"labels": [sits[person["id"]] for person in roster["people"]], "seconds": took}


def _alike(people: list[Mapping[str, Any]], weights: Mapping[str, int]) -> list[tuple[int, list[int]]]:
    """Return the weight and the people of each value that several have."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person in people:
        for column in weights:
            found[column, person[column]].append(person["id"])
    return [(weights[column], holders) for (column, _), holders in found.items() if len(holders) > 1]


def _costs(
    model: cp_model.CpModel, seats: Seats, at: int, size: int, alike: list[tuple[int, list[int]]]
) -> Iterator[cp_model.LinearExprT]:
    """Yield the weighted pairs of one pod that share a value."""
    for weight, holders in alike:
        here = cp_model.LinearExpr.sum([seats[person, at] for person in holders])
        pairs = model.new_int_var(0, size * (size - 1) // 2, "")
        for count in range(1, min(size, len(holders))):
            model.add(pairs >= count * here - count * (count + 1) // 2)
        yield weight * pairs


def _zones(model: cp_model.CpModel, people: list[Mapping[str, Any]], seats: Seats, at: int) -> None:
    present = {zone: model.new_bool_var("") for zone in {person["tz"] for person in people}}
    for person in people:
        model.add_implication(seats[person["id"], at], present[person["tz"]])
    for one, other in permutations(present, 2):
        if other - one > MAXSPREAD:
            model.add_bool_or(present[one].negated(), present[other].negated())


def _pairs(model: cp_model.CpModel, roster: Mapping[str, Any], seats: Seats) -> None:
    for at in range(len(roster["pods"])):
        for one, other in roster["apart"]:
            if (one, at) in seats and (other, at) in seats:
                model.add_bool_or(seats[one, at].negated(), seats[other, at].negated())
        for one, other in roster["together"]:
            if (one, at) in seats:
                model.add(seats[one, at] == seats[other, at])
