"""Finding who sits with whom: the even split first, else the nearest sizes that work."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.exact import Solved, nearest_sizes, parts_of, solve, strict, torn
from convener.planning.pods.feasibility.first import counts_needed, first_division
from convener.planning.pods.filling import SMALL, USUAL_PROOF, fill
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame, even_counts, frames_of, other_counts
from convener.planning.search import Found

OTHER_COUNTS = (0, -1, 1)
"""By how many pods a question that does not work out is tried anew, sizes left to the search."""
FIRST = 300_000
"""Steps that a first division is worth where none is found yet, whatever the budget: a few hundredths of a second."""
Way = Callable[[PodQuestion, Sequence[Frame], Effort], Division | Found]


def divide(question: PodQuestion, effort: Effort) -> Division | Found:
    """Return the best division found, `NONE` when there is provably none, `UNKNOWN` when none was found.

    However few steps are allowed, or when the watch ends it at once, a first division is looked for, see `FIRST`.
    """
    if not question.people:
        return Division((), (), 0)
    even = even_counts(question)
    counts = None if even is None else counts_needed(question, even)
    if counts is None:
        return Found.NONE
    frames = frames_of(question, counts)
    if torn(question, frames):
        return Found.NONE
    found = fill(question, frames, effort)
    if isinstance(found, Division):
        return found
    ways: tuple[Way, ...] = (_from_first, _with_other_sizes)
    for way in ways if found is Found.UNKNOWN else ways[::-1]:
        found = way(question, frames, effort)
        if found is not Found.UNKNOWN:
            return found
    return _any_sizes(question, counts, effort)


def _from_first(question: PodQuestion, frames: Sequence[Frame], effort: Effort) -> Division | Found:
    """Go on from the division that is quickest to find."""
    share = _at_least(effort)
    first = first_division(question, share)
    effort.spent, effort.stopped = share.spent, share.stopped
    return Found.UNKNOWN if first is None else fill(question, first[0], effort, first[1])


def _with_other_sizes(question: PodQuestion, frames: Sequence[Frame], effort: Effort) -> Division | Found:
    """Search in frames of the sizes nearest to the target that can work."""
    sized = Found.UNKNOWN if effort.stopped else _other_sizes(question, frames, effort)
    return fill(question, sized, effort) if isinstance(sized, list) else sized


def _at_least(effort: Effort) -> Effort:
    """Return what is left of *effort*, raised to `FIRST` steps."""
    return replace(effort, steps=effort.spent + max(effort.left(effort.spent + USUAL_PROOF), FIRST))


def _other_sizes(question: PodQuestion, frames: Sequence[Frame], effort: Effort) -> list[Frame] | Found:
    """Return frames of the sizes nearest to the target that can work, group by group where there are many people."""
    steps = effort.left(effort.spent + USUAL_PROOF)
    if len(question.people) <= SMALL:
        return nearest_sizes(question, effort, steps)
    found: list[Frame] = []
    for part in parts_of(question, frames):
        if not part.provable:
            return Found.UNKNOWN
        bare = strict(part.question)
        even = solve(bare, part.frames, effort, steps)
        sized = list(part.frames) if isinstance(even, Solved) else nearest_sizes(bare, effort, steps)
        if isinstance(sized, Found):
            return sized
        found += [replace(frame, group=part.frames[0].group) for frame in sized]
    return found


def _any_sizes(question: PodQuestion, counts: Sequence[int], effort: Effort) -> Division | Found:
    """Search around the even split, with any sizes that the rules allow and a few pods more or fewer."""
    for by in OTHER_COUNTS:
        tried = counts if by == 0 else other_counts(question, counts, by)
        if tried is not None and not effort.stopped:
            share = effort if effort.left(effort.spent + FIRST) else _at_least(effort)
            found = fill(question, frames_of(question, tried, even=False), share)
            effort.spent, effort.stopped = share.spent, share.stopped
            if isinstance(found, Division):
                return found
    return Found.UNKNOWN
