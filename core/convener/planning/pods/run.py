"""From the question to a proposal of pods."""

from dataclasses import replace

from convener.errors import ConvenerError, DataError
from convener.model import Conflict, PodProposal
from convener.planning.effort import Effort
from convener.planning.pods import conflicts, outcome
from convener.planning.pods.division import Division
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.reform import Mended, mend
from convener.planning.pods.solve import divide
from convener.planning.search import Found
from convener.rulesets.ruleset import Ruleset

__all__ = ["pose", "propose"]


def propose(
    ask: conflicts.Pose, ruleset: Ruleset, *, moves: int | None = None, effort: Effort
) -> PodProposal | Conflict:
    """Return the best pods found, or the conflict that forbids any.

    Raises ConvenerError when nothing was found and DataError when there is nobody to seat.
    Pods of today that the question knows of are mended, with at most *moves* moves.
    *ask* poses the question under any rules, so that a conflict can try others.
    """
    question = ask(ruleset)
    _refuse_nobody(question)
    if conflicts.proved(question):
        return conflicts.explain(ruleset, ask, effort)
    found = mend(question, moves, effort) if question.standing else divide(question, effort)
    trades = found.trades if isinstance(found, Mended) else ()
    if isinstance(found, Mended):
        found = found.division
    if isinstance(found, Division):
        return replace(outcome.propose(question, found, effort), trades=trades)
    if found is Found.NONE:
        return conflicts.explain(ruleset, ask, effort)
    raise ConvenerError(
        f"no pods found in {effort.spent:,} steps, and no proof that there are none",
        hint="give the search more steps, or make a rule flexible",
    )


def _refuse_nobody(question: PodQuestion) -> None:
    register, day = question.register, question.day
    if not question.people and not question.kept:
        left = "everyone enrolled has withdrawn or is away" if register.enrolments else "nobody is enrolled"
        raise DataError(
            f"there is nobody to seat in {register.scope} on {day:%-d %B %Y}: {left}",
            hint=f"check the roster and read it again: convener sync {register.client}",
        )
