"""Where a search may start: as many pods as are needed, and a first division that keeps every inflexible rule."""

from collections.abc import Sequence

from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.feasibility.blocks import blocks
from convener.planning.pods.feasibility.counts import needed
from convener.planning.pods.feasibility.crowd import read_crowd
from convener.planning.pods.feasibility.packing import pack
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame, counts_near, groups


def counts_needed(question: PodQuestion, counts: Sequence[int]) -> list[int] | None:
    """Return *counts* of pods, group by group, raised where rivals or people of one value need more.

    What is needed is known from counting alone, see `counts`; coaches who cannot carry so many keep the numbers down.
    None when no numbers are left.
    """
    crowd, home = read_crowd(question), _home(question)
    least = [0] * len(counts)
    for block in blocks(crowd):
        least[home[block.people[0]]] += needed(crowd, block)[0]
    raised = [max(low, count) for low, count in zip(least, counts, strict=True)]
    return raised if raised == list(counts) else counts_near(question, raised)


def first_division(question: PodQuestion, effort: Effort) -> tuple[list[Frame], Division] | None:
    """Return a division that is quickly found to keep every inflexible rule, and its frames; None when none is.

    Pods of one group may be as small as its smallest and as large as its largest.
    """
    found = pack(read_crowd(question), effort)
    if found is None:
        return None
    home, everyone = _home(question), [people for _, people in groups(question)]
    pods = sorted(found, key=lambda pod: (home[pod.members[0]], -len(pod.members), pod.members))
    places = [home[pod.members[0]] for pod in pods]
    sizes = [
        [len(pod.members) for pod, place in zip(pods, places, strict=True) if place == at]
        for at in range(len(everyone))
    ]
    frames = [Frame(place, everyone[place], min(sizes[place]), max(sizes[place])) for place in places]
    return frames, Division(tuple(pod.members for pod in pods), tuple(pod.coach for pod in pods))


def _home(question: PodQuestion) -> dict[str, int]:
    return {person: place for place, (_, people) in enumerate(groups(question)) for person in people}
