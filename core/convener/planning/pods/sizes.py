"""How many pods there are, and of what size.

Of all counts that keep every pod within `min` and `max`, the one whose even split (sizes differ by one at
most) lies nearest to `target` summed over pods; of equals the smaller count.
"""

import math
from dataclasses import dataclass

from convener.planning.pods.question import PodQuestion, slug
from convener.rulesets.kinds import PodSize, Same

USUAL_SIZE = 6
"""Target where no rule speaks of sizes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes allowed for a pod."""

    least: int
    target: int
    most: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A pod to fill: its group, whoever may sit there, and its least and greatest size."""

    group: int
    people: tuple[str, ...]
    least: int
    most: int


def groups(question: PodQuestion) -> list[tuple[str, tuple[str, ...]]]:
    """Return label and people of each group that inflexible `same` rules keep among themselves, by label."""
    columns = [c for rule, terms in question.ruleset.rules_of(Same) if rule.inflexible for c in terms.by]
    found: dict[tuple[str, ...], list[str]] = {}
    for person in question.people:
        found.setdefault(tuple(question.value(person, column) for column in columns), []).append(person)
    return [("-".join(slug(part) for part in key), tuple(found[key])) for key in sorted(found)]


def limits(question: PodQuestion, people: int) -> Limits:
    """Return the sizes that inflexible `pod-size` rules allow, at most *people*; a flexible rule gives the target."""
    rules = question.ruleset.rules_of(PodSize)
    hard = [terms for rule, terms in rules if rule.inflexible]
    targets = [terms.target for terms in hard] or [terms.target for _, terms in rules] or [USUAL_SIZE]
    least = max([terms.min for terms in hard], default=1)
    most = min([terms.max for terms in hard], default=people)
    return Limits(least, targets[0], most)


def even_split(people: int, pods: int) -> list[int]:
    """Return sizes of *pods* pods for *people* that differ by one at most, largest first."""
    size, larger = divmod(people, pods)
    return [size + 1] * larger + [size] * (pods - larger)


def preferred_count(people: int, allowed: Limits) -> int | None:
    """Return how many pods suit *people* best, None when no count keeps every pod within its limits."""
    counts = [count for count in range(1, people + 1) if count * allowed.least <= people <= count * allowed.most]
    return min(counts, key=lambda count: (_distance(people, count, allowed.target), count), default=None)


def _distance(people: int, count: int, target: int) -> int:
    size, larger = divmod(people, count)
    return larger * abs(size + 1 - target) + (count - larger) * abs(size - target)


def even_frames(question: PodQuestion) -> list[Frame] | None:
    """Return frames of the preferred count for every group, None when a group has none or coaches cannot carry them."""
    frames: list[Frame] = []
    for place, (_, people) in enumerate(groups(question)):
        count = preferred_count(len(people), limits(question, len(people)))
        if count is None:
            return None
        size = len(people) // count
        frames += [Frame(place, people, size, math.ceil(len(people) / count))] * count
    rooms = [carrier.room for carrier in question.carriers]
    carried = None if None in rooms else sum(room or 0 for room in rooms)
    return None if question.coached and carried is not None and carried < len(frames) else frames


def loose_frames(question: PodQuestion) -> list[Frame]:
    """Return as many frames as any division may need; least 0 means that a frame may stay empty."""
    frames: list[Frame] = []
    for place, (_, people) in enumerate(groups(question)):
        allowed = limits(question, len(people))
        generous = max(2 * math.ceil(len(people) / allowed.target), 10)
        count = max(min(len(people) // allowed.least, generous), 1)
        frames += [Frame(place, people, allowed.least, min(allowed.most, len(people)))] * count
    return frames
