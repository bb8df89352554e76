"""From the register to a proposal of pods."""

from collections.abc import Sequence
from datetime import date

from convener.errors import ConvenerError
from convener.model import Commitment, Conflict, PodProposal, Register
from convener.planning.pods import conflicts, outcome, question
from convener.planning.pods.solve import Division, divide
from convener.planning.search import Found, Search
from convener.rulesets.ruleset import Ruleset


def propose(
    ruleset: Ruleset,
    register: Register,
    day: date,
    *,
    commitments: Sequence[Commitment],
    answered: frozenset[str] | None,
    seed: int,
    seconds: float,
) -> PodProposal | Conflict:
    """Return the best pods found, or the conflict that forbids any; raise ConvenerError when time ran out."""

    def pose(rules: Ruleset) -> question.PodQuestion:
        return question.pose(rules, register, day, commitments, answered)

    posed = pose(ruleset)
    found = divide(posed, Search(seed, seconds))
    if isinstance(found, Division):
        return outcome.propose(posed, found, seed)
    if found is Found.NONE:
        return conflicts.explain(ruleset, pose, Search(seed, seconds))
    raise ConvenerError(f"no pods found in {seconds:g} seconds", hint="give the search more seconds")
