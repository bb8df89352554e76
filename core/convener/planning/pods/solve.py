"""Finding who sits with whom: the even split first, else the nearest sizes that work."""

from collections.abc import Sequence
from dataclasses import replace

from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.exact import Solved, nearest_sizes, parts_of, solve, strict, torn
from convener.planning.pods.filling import SMALL, USUAL_PROOF, fill
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame, even_counts, frames_of, other_counts
from convener.planning.search import Found

OTHER_COUNTS = (0, -1, 1)
"""By how many pods a large question that does not work out is tried anew, sizes left to the search."""


def divide(question: PodQuestion, effort: Effort) -> Division | Found:
    """Return the best division found, `NONE` when there is provably none, `UNKNOWN` when none was found."""
    if not question.people:
        return Division((), (), 0)
    counts = even_counts(question)
    if counts is None:
        return Found.NONE
    frames = frames_of(question, counts)
    if torn(question, frames):
        return Found.NONE
    found = fill(question, frames, effort)
    if isinstance(found, Division) or effort.stopped or (found is Found.UNKNOWN and len(question.people) <= SMALL):
        return found
    sized = _other_sizes(question, frames, effort)
    if isinstance(sized, list):
        return fill(question, sized, effort)
    return sized if sized is Found.NONE else _any_sizes(question, counts, effort)


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
            found = fill(question, frames_of(question, tried, even=False), effort)
            if isinstance(found, Division):
                return found
    return Found.UNKNOWN
