"""From the question to a proposal of dates."""

from convener.errors import ConvenerError
from convener.model import Conflict, DateProposal
from convener.planning.dates import conflicts, outcome
from convener.planning.dates.coaches import Schedule, schedule
from convener.planning.dates.paths import Arcs, Series, series_of
from convener.planning.dates.question import pose
from convener.planning.search import Found, Search
from convener.rulesets.ruleset import Ruleset

__all__ = ["pose", "propose"]


def propose(ask: conflicts.Pose, ruleset: Ruleset, *, seed: int, seconds: float) -> DateProposal | Conflict:
    """Return the best dates found, or the conflict that forbids any; raise ConvenerError when time ran out.

    *ask* poses the question under any rules, so that a conflict can try others.
    """
    posed = ask(ruleset)
    if not posed.pods:
        raise ConvenerError("there are no pods to find dates for", hint="accept a proposal of pods first")
    by_coach: dict[str, list[Series]] = {}
    for pod in posed.pods:
        by_coach.setdefault(pod.coach or "", []).append(series_of(posed, pod))
    search = Search(seed, seconds / len(by_coach))
    plans: list[outcome.Dated] = []
    bound = 0
    for coach, series in sorted(by_coach.items()):
        found = schedule(posed, coach, series, search)
        if found is Found.UNKNOWN:
            raise ConvenerError(f"no dates found in {seconds:g} seconds", hint="give the search more seconds")
        if not isinstance(found, Schedule):
            return conflicts.explain(ruleset, ask, search)
        bound += found.bound
        plans += [
            outcome.dated(each, path, Arcs.of(posed, each.pod)) for each, path in zip(series, found.paths, strict=True)
        ]
    return outcome.propose(posed, sorted(plans, key=lambda plan: plan.pod.id), seed=seed, bound=bound)
