"""From the question to a proposal of pods."""

from convener.errors import ConvenerError
from convener.model import Conflict, PodProposal
from convener.planning.pods import conflicts, outcome
from convener.planning.pods.question import pose
from convener.planning.pods.solve import Division, divide
from convener.planning.search import Found, Search
from convener.rulesets.ruleset import Ruleset

__all__ = ["pose", "propose"]


def propose(ask: conflicts.Pose, ruleset: Ruleset, *, seed: int, seconds: float) -> PodProposal | Conflict:
    """Return the best pods found, or the conflict that forbids any; raise ConvenerError when time ran out.

    *ask* poses the question under any rules, so that a conflict can try others.
    """
    question = ask(ruleset)
    found = divide(question, Search(seed, seconds))
    if isinstance(found, Division):
        return outcome.propose(question, found, seed)
    if found is Found.NONE:
        return conflicts.explain(ruleset, ask, Search(seed, seconds))
    raise ConvenerError(f"no pods found in {seconds:g} seconds", hint="give the search more seconds")
