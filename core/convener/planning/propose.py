"""The public functions of planning; the only place that brings the solver in."""

import importlib
from collections.abc import Sequence
from datetime import date, datetime
from types import ModuleType

from convener.errors import ConvenerError, PluginError
from convener.model import Availability, Commitment, Conflict, DateProposal, PodProposal, Register, Violation
from convener.planning.verification.dates import verify_dates
from convener.planning.verification.pods import verify_pods
from convener.rulesets.ruleset import Ruleset


def propose_pods(  # noqa: PLR0913 - the public face names every input
    ruleset: Ruleset,
    register: Register,
    *,
    day: date,
    commitments: Sequence[Commitment] = (),
    answered: frozenset[str] | None = None,
    seed: int = 1,
    seconds: float = 10,
) -> PodProposal | Conflict:
    """Say who sits with whom from *day*, or which inflexible rules cannot all hold.

    *answered* are ids of the coaches who answered the dates poll: then only they are allocated; None while nobody has
    been asked. The same input, in any order, and *seed* give the same answer; *seconds* is a budget of deterministic
    time. Raises PluginError without OR-Tools, ConvenerError when nothing was found in time.
    """
    solver = _solver("convener.planning.pods.run")

    def ask(rules: Ruleset) -> object:
        return solver.pose(rules, register, day, commitments, answered)

    found: PodProposal | Conflict = solver.propose(ask, ruleset, seed=seed, seconds=seconds)
    if isinstance(found, PodProposal):
        _trust(verify_pods(ruleset, register, found, day=day, commitments=commitments))
    return found


def propose_dates(  # noqa: PLR0913 - the public face names every input
    ruleset: Ruleset,
    register: Register,
    availability: Availability,
    *,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
    seed: int = 1,
    seconds: float = 20,
) -> DateProposal | Conflict:
    """Say when every pod meets, no session before *earliest*, or which inflexible rules cannot all hold.

    Confirmed and held sessions keep their dates. The same input, in any order, and *seed* give the same answer.
    Raises PluginError without OR-Tools, ConvenerError when nothing was found in time.
    """
    solver = _solver("convener.planning.dates.run")

    def ask(rules: Ruleset) -> object:
        return solver.pose(rules, register, availability, earliest, commitments)

    found: DateProposal | Conflict = solver.propose(ask, ruleset, seed=seed, seconds=seconds)
    if isinstance(found, DateProposal):
        _trust(verify_dates(ruleset, register, found, availability, commitments=commitments))
    return found


def _solver(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "ortools":
            raise
        raise PluginError("planning needs ortools", hint="pip install 'convener[planning]'") from error


def _trust(violations: Sequence[Violation]) -> None:
    broken = [violation for violation in violations if violation.inflexible]
    if broken:
        rules = sorted({violation.rule for violation in broken})
        raise ConvenerError(
            f"the plan found breaks {', '.join(rules)}: {broken[0].text}; it is not offered",
            hint="this is a fault of the planner, please report it",
        )
