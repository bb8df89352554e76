"""The public functions of planning; the only place that brings the solver in."""

import importlib
from collections.abc import Sequence
from datetime import date, datetime
from types import ModuleType

from convener.errors import ConvenerError, PluginError
from convener.model import Availability, Commitment, Conflict, DateProposal, PodProposal, Register, Violation
from convener.planning.effort import Effort
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
    reform: bool = False,
    moves: int | None = None,
    effort: Effort | None = None,
) -> PodProposal | Conflict:
    """Say who sits with whom from *day*, or which inflexible rules cannot all hold.

    *answered* are ids of the coaches who answered the dates poll: then only they are allocated; None while nobody has
    been asked. With *reform* the pods of today are mended with the fewest moves that are worth it, at most *moves*
    of them. The same input, in any order, with the same seed and steps of *effort* gives the same answer, unless its
    watch ended the search. Raises PluginError without OR-Tools, ConvenerError when nothing was found with that effort.
    """
    room = solver("convener.planning.pods.run")

    def ask(rules: Ruleset) -> object:
        return room.pose(rules, register, day, commitments, answered, reform=reform)

    found: PodProposal | Conflict = room.propose(ask, ruleset, moves=moves, effort=effort or Effort())
    if isinstance(found, PodProposal):
        trust(verify_pods(ruleset, register, found, day=day, commitments=commitments))
    return found


def propose_dates(  # noqa: PLR0913 - the public face names every input
    ruleset: Ruleset,
    register: Register,
    availability: Availability,
    *,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
    replan: bool = False,
    effort: Effort | None = None,
) -> DateProposal | Conflict:
    """Say when every pod meets, no session before *earliest*, or which inflexible rules cannot all hold.

    Held sessions keep their dates, and so do confirmed ones, unless with *replan*: then the fewest of them move. The
    same input, in any order, with the same seed and steps of *effort* gives the same answer, unless its watch ended
    the search. Raises PluginError without OR-Tools, ConvenerError when nothing was found with that effort.
    """
    room = solver("convener.planning.dates.run")

    def ask(rules: Ruleset) -> object:
        return room.pose(rules, register, availability, earliest, commitments, replan=replan)

    found: DateProposal | Conflict = room.propose(ask, ruleset, effort=effort or Effort())
    if isinstance(found, DateProposal):
        trust(verify_dates(ruleset, register, found, availability, commitments=commitments, earliest=earliest))
    return found


def solver(module: str) -> ModuleType:
    """Return *module*, which needs OR-Tools; raise PluginError where that is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "ortools":
            raise
        raise PluginError("planning needs ortools", hint="pip install 'convener[planning]'") from error


def trust(violations: Sequence[Violation]) -> None:
    """Raise ConvenerError when a plan breaks an inflexible rule; it is not offered then."""
    broken = [violation for violation in violations if violation.inflexible]
    if broken:
        rules = sorted({violation.rule for violation in broken})
        raise ConvenerError(
            f"the plan found breaks {', '.join(rules)}: {broken[0].text}; it is not offered",
            hint="this is a fault of the planner, please report it",
        )
