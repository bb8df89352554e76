"""How every model is solved: one worker, a fixed seed and a limit in deterministic time, so answers repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from ortools.sat.python import cp_model

RATE = 0.15
"""Deterministic seconds for each second asked for: on a busy machine one of them takes up to seven."""
Term = cp_model.LinearExpr | cp_model.IntVar | int
"""A variable, a sum or a number."""


def total(terms: Sequence[Term]) -> Term:
    """Return the sum of *terms*."""
    return cast("Term", cp_model.LinearExpr.sum(list(terms)))


class Found(Enum):
    """What a search came back with."""

    BEST = "proved best"
    SOME = "good, not proved best"
    NONE = "proved impossible"
    UNKNOWN = "nothing in time"


@dataclass(frozen=True, slots=True)
class Search:
    """Seed and patience of a search."""

    seed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a search."""

    found: Found
    solver: cp_model.CpSolver
    bound: int
    """The least cost any answer could have."""

    @property
    def ok(self) -> bool:
        """Whether there is an answer."""
        return self.found in {Found.BEST, Found.SOME}


STATUS = {cp_model.OPTIMAL: Found.BEST, cp_model.FEASIBLE: Found.SOME, cp_model.INFEASIBLE: Found.NONE}


def run(model: cp_model.CpModel, search: Search) -> Outcome:
    """Solve *model*; the same model and search give the same outcome on every machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = search.seed
    solver.parameters.max_deterministic_time = search.seconds * RATE
    status = solver.solve(model)
    found = STATUS.get(status, Found.UNKNOWN)
    bound = 0 if found is Found.UNKNOWN else max(round(solver.best_objective_bound), 0)
    return Outcome(found, solver, bound)
