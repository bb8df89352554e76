"""Who sits in given frames: found by local search, proved by CP-SAT, with the best coaches for them.

Small questions go to CP-SAT at once. Of larger ones the local search finds a good division, and CP-SAT then proves
group by group that nothing is better, or finds what is, as far as the budget goes. Coaches are settled exactly for the
members found; only where they cost something are members and coaches looked at together.
"""

import importlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from types import ModuleType

from convener.planning.effort import Effort, Progress, Watch, patient
from convener.planning.pods.bounds import least_cost
from convener.planning.pods.coaching import allocate
from convener.planning.pods.costs import Seated, breaches, score
from convener.planning.pods.division import Division
from convener.planning.pods.exact import LARGEST, Members, Part, Solved, parts_of, solve
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame
from convener.planning.search import Found
from convener.rulesets.kinds import Similar

SMALL = 60
"""People up to whom CP-SAT answers before any local search is needed."""
QUICK = 1_500_000
"""Steps in which small questions are proved best."""
USUAL_PROOF = 5_000_000
"""Steps that proofs get in all where nobody says how many: a second or so."""
SWEEPS = 2_000
"""Looks of everybody at everybody else that a search by free distances is worth."""


def fill(
    question: PodQuestion, frames: Sequence[Frame], effort: Effort, start: Division | None = None
) -> Division | Found:
    """Return the best division of *question* into *frames*, pods of one group by their members, going on from *start*.

    `NONE` when there is provably none, `UNKNOWN` when none was found.
    """
    parts = list(parts_of(question, frames))
    least = least_cost(question, frames)
    found: list[Solved | Found] = [Found.UNKNOWN] * len(parts)
    found = found if start is None else _merged(parts, found, start)
    if len(question.people) <= SMALL:
        found = _proofs(parts, found, effort, QUICK, least)
    if _open(found) and Found.NONE not in found and not effort.stopped:
        usual = usual_steps(question)
        steps = min(effort.left(effort.spent + usual), usual)
        if steps:
            found = _merged(parts, found, search(question, frames, effort, steps, start))
        found = _by_distance(question, frames, parts, found, effort)
        found = _proofs(parts, found, effort, USUAL_PROOF, least)
        found = _searched_on(question, frames, parts, found, effort)
    solved = [each for each in found if isinstance(each, Solved)]
    if len(solved) < len(found):
        return Found.NONE if Found.NONE in found else Found.UNKNOWN
    return _coached(question, frames, _joined(parts, solved, least), effort)


def _open(found: Sequence[Solved | Found]) -> list[int]:
    """Return the places of the parts that are not proved best."""
    return [at for at, each in enumerate(found) if isinstance(each, Found) or each.cost > each.bound]


def _proofs(
    parts: Sequence[Part], known: Sequence[Solved | Found], effort: Effort, usual: int, least: int
) -> list[Solved | Found]:
    """Return what CP-SAT makes of the open parts within *usual* steps in all, or within those still allowed."""
    found = list(known)
    waiting = [at for at in _open(found) if parts[at].provable]
    until = effort.spent + usual if effort.steps is None else effort.steps
    beside = len(waiting) < len(_open(found)) and effort.steps is not None
    for done, at in enumerate(waiting):
        steps = min(effort.left(until), until - effort.spent) // (len(waiting) - done + beside)
        before = found[at]
        if steps <= 0:
            break
        part = _share(effort, steps, _others(found, at), least)
        new = solve(parts[at].question, parts[at].frames, part, steps, before if isinstance(before, Solved) else None)
        effort.spent += part.spent
        effort.stopped = effort.stopped or part.stopped
        if isinstance(new, Solved) and isinstance(before, Solved):
            new = replace(new, bound=max(new.bound, before.bound))
        if new is not Found.UNKNOWN:
            found[at] = new
    return found


def _others(found: Sequence[Solved | Found], at: int) -> int | None:
    """Return what all parts but one cost, None while one of them has no division."""
    rest = [each for place, each in enumerate(found) if place != at]
    costs = [each.cost for each in rest if isinstance(each, Solved)]
    return sum(costs) if len(costs) == len(rest) else None


def _share(effort: Effort, steps: int, beside: int | None, least: int) -> Effort:
    """Return an effort of *steps* whose watch hears of the whole: *beside* is what the rest costs."""

    def watch(progress: Progress) -> bool:
        best = None if progress.best is None or beside is None else progress.best + beside
        return effort.watch(Progress(best=best, bound=least, steps=effort.spent + progress.steps))

    heard: Watch = patient if effort.watch is patient else watch
    return Effort(seed=effort.seed, steps=steps, watch=heard, stopped=effort.stopped)


def search(
    question: PodQuestion, frames: Sequence[Frame], effort: Effort, steps: int, start: Division | None = None
) -> Division:
    """Return what the local search finds within *steps*, breaches aside, going on from *start*.

    It ends at once when nothing better can be: it reports after every round, so that is no matter of time.
    """
    least = least_cost(question, frames)
    stopped = effort.stopped

    def watch(progress: Progress) -> bool:
        nonlocal stopped
        heard = Progress(best=progress.best, bound=least, steps=effort.spent + progress.steps)
        stopped = effort.watch(heard) or stopped
        return stopped or (progress.best is not None and progress.best <= least)

    share = Effort(seed=effort.seed, steps=steps, watch=watch, stopped=stopped)
    found: Division = _local().improve(question, frames, share, start, steps)
    effort.spent += share.spent
    effort.stopped = stopped
    return found


def usual_steps(question: PodQuestion) -> int:
    """Return the steps of local search that a question of this size is worth."""
    found: int = _local().usual_steps(len(question.people))
    return found


def _local() -> ModuleType:
    """Return the local search; it is loaded only when a question needs it, for its compiler takes a while to come."""
    return importlib.import_module("convener.planning.pods.local.improve")


def _merged(parts: Sequence[Part], found: Sequence[Solved | Found], division: Division) -> list[Solved | Found]:
    """Return for each part the better of what is *found* and of *division*, where that breaks nothing."""
    merged = list(found)
    for at, part in enumerate(parts):
        members = division.members[part.first : part.first + len(part.frames)]
        new = _judged(part, members)
        before = merged[at]
        if new is not None and (isinstance(before, Found) or new.cost < before.cost):
            merged[at] = new if isinstance(before, Found) else replace(new, bound=before.bound)
    return merged


def _judged(part: Part, members: Members) -> Solved | None:
    """Return *members* with what they cost, None when they break an inflexible rule."""
    pods = [Seated("", each, None) for each in members]
    sized = all(frame.least <= len(each) <= frame.most for frame, each in zip(part.frames, members, strict=True))
    if not sized or breaches(part.question, pods):
        return None
    return Solved(members, (None,) * len(members), score(part.question, pods), part.least)


def _searched_on(
    question: PodQuestion,
    frames: Sequence[Frame],
    parts: Sequence[Part],
    found: list[Solved | Found],
    effort: Effort,
) -> list[Solved | Found]:
    """Spend what is left of a budget on the local search, where something is still open."""
    solved = [each for each in found if isinstance(each, Solved)]
    steps = effort.left(effort.spent)
    if not steps or not _open(found) or len(solved) < len(found):
        return found
    members = tuple(chain.from_iterable(each.members for each in solved))
    start = Division(members, allocate(question, members) or (None,) * len(members))
    return _merged(parts, found, search(question, frames, effort, steps, start))


def _by_distance(
    question: PodQuestion,
    frames: Sequence[Frame],
    parts: Sequence[Part],
    found: list[Solved | Found],
    effort: Effort,
) -> list[Solved | Found]:
    """Go on by free distances where people are to be similar: there every two people cost something of their own."""
    alike = any(not rule.inflexible for rule, _ in question.ruleset.rules_of(Similar))
    solved = [each for each in found if isinstance(each, Solved)]
    if not alike or not _open(found) or len(solved) < len(found) or effort.stopped:
        return found
    best, least = sum(each.cost for each in solved), least_cost(question, frames)

    def watch(progress: Progress) -> bool:
        return effort.watch(Progress(best=best, bound=least, steps=effort.spent + progress.steps))

    members = tuple(chain.from_iterable(each.members for each in solved))
    steps = effort.left(effort.spent + SWEEPS * len(question.people) ** 2)
    share = Effort(seed=effort.seed, steps=steps, watch=watch)
    start = Division(members, (None,) * len(members))
    division = importlib.import_module("convener.planning.pods.distances.pairwise").divide(
        question, frames, share, start
    )
    effort.spent, effort.stopped = effort.spent + share.spent, share.stopped
    return found if division is None else _merged(parts, found, division)


def _joined(parts: Sequence[Part], solved: Sequence[Solved], least: int) -> Solved:
    """Return the parts as one; what no part knows of, pairs in two groups and coaches, is in *least*."""
    beside = least - sum(part.least for part in parts)
    return Solved(
        members=tuple(chain.from_iterable(each.members for each in solved)),
        coaches=(),
        cost=sum(each.cost for each in solved) + beside,
        bound=sum(each.bound for each in solved) + beside,
    )


def _coached(question: PodQuestion, frames: Sequence[Frame], members: Solved, effort: Effort) -> Division | Found:
    """Return *members* with their best coaches; other members where these cost something or have none."""
    known = _with_coaches(question, members)
    if known is None or known.cost > members.cost:
        if len(question.people) > LARGEST:
            return Found.UNKNOWN if known is None else _in_order(frames, known)
        steps = effort.left(effort.spent + USUAL_PROOF)
        found = solve(question, frames, effort, steps, known) if steps else Found.UNKNOWN
        if isinstance(found, Found):
            return found if known is None else _in_order(frames, known)
        known = _with_coaches(question, replace(found, bound=max(found.bound, members.bound))) or found
    return _in_order(frames, known)


def _with_coaches(question: PodQuestion, members: Solved) -> Solved | None:
    coaches = allocate(question, members.members)
    if coaches is None:
        return None
    pods = [Seated(str(at), each, coaches[at]) for at, each in enumerate(members.members)]
    return replace(members, coaches=coaches, cost=score(question, pods))


def _in_order(frames: Sequence[Frame], solved: Solved) -> Division:
    order = sorted(range(len(frames)), key=lambda at: (frames[at].group, solved.members[at]))
    return Division(tuple(solved.members[at] for at in order), tuple(solved.coaches[at] for at in order), solved.bound)
