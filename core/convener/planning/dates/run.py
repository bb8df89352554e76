"""From the question to a proposal of dates."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from convener.errors import ConvenerError
from convener.model import Conflict, DateProposal
from convener.planning.dates import conflicts, outcome
from convener.planning.dates.layout import lay_out
from convener.planning.dates.posing import pose
from convener.planning.dates.question import DatesQuestion, Stretch, sitting_twice, stretch
from convener.planning.dates.series import Schedule
from convener.planning.dates.solver import schedule
from convener.planning.effort import Effort
from convener.planning.search import Found
from convener.rulesets.ruleset import Ruleset

__all__ = ["acquainted", "pose", "propose", "together"]


def propose(ask: Callable[[Ruleset], DatesQuestion], ruleset: Ruleset, *, effort: Effort) -> DateProposal | Conflict:
    """Return the best dates found, or the conflict that forbids any; raise ConvenerError when nothing was found.

    *ask* poses the question under any rules.
    """
    found = together([ask(ruleset)], effort)
    return found if isinstance(found, Conflict) else found[0]


def acquainted(questions: Sequence[DatesQuestion]) -> list[DatesQuestion]:
    """Let each of *questions* know what coaches, and people who sit in several pods, have agreed to in the others."""
    doubled = sitting_twice(pod for question in questions for pod in question.pods)
    engaged: dict[str, set[Stretch]] = defaultdict(set)
    for question in questions:
        for person, stretches in question.engaged.items():
            engaged[person].update(stretches)
        for pod in question.pods:
            for session in pod.settled.values():
                begin, end = stretch(session)
                for person in doubled.intersection(pod.members(question.day(begin))):
                    engaged[person].add((begin, end))
    agreed = {person: tuple(sorted(stretches)) for person, stretches in sorted(engaged.items())}
    return [replace(question, engaged=agreed) for question in questions]


def together(questions: Sequence[DatesQuestion], effort: Effort) -> tuple[DateProposal, ...] | Conflict:
    """Return the best dates found for the pods of all *questions* at once, one proposal for each."""
    for question in questions:
        if not question.pods:
            raise ConvenerError(
                f"there are no pods of {question.ruleset.scope} to find dates for",
                hint="accept a proposal of pods first",
            )
    layout = lay_out(questions)
    found = schedule(layout.sharing.series, layout.sharing.limits, effort)
    if found is Found.NONE:
        return conflicts.explain(questions, effort)
    if not isinstance(found, Schedule):
        raise ConvenerError(
            f"no dates found in {effort.spent:,} steps, which does not prove that there are none",
            hint="give the search more steps",
        )
    return tuple(outcome.propose(layout, found, question, effort) for question in questions)
