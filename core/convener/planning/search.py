"""How every model of OR-Tools is solved: one worker, a fixed seed, a limit in deterministic time, watched from outside.

Deterministic time is counted in steps, `STEPS_A_SECOND` for each deterministic second, so that one budget covers
every kind of search.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass
from enum import Enum
from typing import cast

from ortools.sat.python import cp_model

from convener.planning.effort import Effort, patient

STEPS_A_SECOND = 10_000_000
"""Steps that a deterministic second of OR-Tools counts for."""
GLANCE = 0.1
"""Seconds between two reports while OR-Tools works."""
Term = cp_model.LinearExpr | cp_model.IntVar | int
"""A variable, a sum or a number."""


class Found(Enum):
    """What a search came back with."""

    BEST = "proved best"
    SOME = "good, not proved best"
    NONE = "proved impossible"
    UNKNOWN = "nothing in time"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a search by OR-Tools."""

    found: Found
    solver: cp_model.CpSolver
    bound: int
    """The least cost any answer could have."""

    @property
    def ok(self) -> bool:
        """Whether there is an answer."""
        return self.found in {Found.BEST, Found.SOME}


STATUS = {cp_model.OPTIMAL: Found.BEST, cp_model.FEASIBLE: Found.SOME, cp_model.INFEASIBLE: Found.NONE}


def total(terms: Sequence[Term]) -> Term:
    """Return the sum of *terms*."""
    return cast("Term", cp_model.LinearExpr.sum(list(terms)))


def run(
    model: cp_model.CpModel, effort: Effort, steps: int, *, known: int | None = None, linear: bool = False
) -> Outcome:
    """Solve *model* within *steps*, one worker: the same model, seed and steps give the same outcome everywhere.

    *known* is the cost of a plan already had, for the reports. With *linear* every constraint is in the linear
    relaxation from the start, which proves flows best where clauses alone do not; looking for symmetries and probing
    cost more there than they save. Counts the steps in *effort*.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_deterministic_time = max(steps, 1) / STEPS_A_SECOND
    if linear:
        solver.parameters.linearization_level = 2
        solver.parameters.add_lp_constraints_lazily = False
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
    status = solver.solve(model) if effort.watch is patient else _watched(model, solver, effort, known)
    found = STATUS.get(status, Found.UNKNOWN)
    bound = 0 if found is Found.UNKNOWN else max(round(solver.best_objective_bound), 0)
    effort.spent += round(solver.response_proto.deterministic_time * STEPS_A_SECOND)
    return Outcome(found, solver, bound)


class _Best(cp_model.CpSolverSolutionCallback):
    """Remembers how good the best answer and the bound are."""

    def __init__(self, known: int | None) -> None:
        super().__init__()
        self.best, self.bound = known, 0

    def on_solution_callback(self) -> None:
        """Take note of a better answer."""
        self.best, self.bound = round(self.objective_value), max(round(self.best_objective_bound), 0)


def _watched(
    model: cp_model.CpModel, solver: cp_model.CpSolver, effort: Effort, known: int | None
) -> cp_model.CpSolverStatus:
    noted = _Best(known)
    with ThreadPoolExecutor(1) as pool:
        future: Future[cp_model.CpSolverStatus] = pool.submit(solver.solve, model, noted)
        while True:
            try:
                return future.result(timeout=GLANCE)
            except StillRunning:
                if effort.spend(0, best=noted.best, bound=noted.bound):
                    solver.stop_search()
