"""How many pods there are, and of what size.

Of all counts that keep every pod within `min` and `max`, the one whose even split (sizes differ by one at
most) lies nearest to `target` summed over pods; of equals the smaller count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from convener.planning.pods.question import PodQuestion, minutes_of, slug
from convener.rulesets.kinds import PodSize, Same, TimezoneOverlap

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
    """Return label and people of each group that can only sit among themselves, in the order of what they share.

    Inflexible `same` rules make groups, which give the label, and so do inflexible working hours: zones that no chain
    of zones with enough hours in common joins.
    """
    columns = [c for rule, terms in question.ruleset.rules_of(Same) if rule.inflexible for c in terms.by]
    nearby = _nearby(question)
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for person in question.people:
        shared = tuple(question.value(person, column) for column in columns)
        found.setdefault((shared, nearby[question.zone(person)]), []).append(person)
    return [("-".join(slug(part) for part in key[0]), tuple(found[key])) for key in sorted(found)]


def _nearby(question: PodQuestion) -> dict[str, str]:
    """Return for each zone the first of those that a chain of zones with enough hours in common joins it to."""
    asked = [minutes_of(terms) for rule, terms in question.ruleset.rules_of(TimezoneOverlap) if rule.inflexible]
    found: dict[str, str] = {}
    for zone in sorted({question.zone(person) for person in question.people}):
        near = {found[other] for other in found if all(question.shares(zone, other, minutes) for minutes in asked)}
        found[zone] = min(near, default=zone)
        found |= {other: found[zone] for other, first in found.items() if first in near}
    return found


def limits(question: PodQuestion, people: int) -> Limits:
    """Return the sizes that inflexible `pod-size` rules allow, at most *people*; a flexible rule gives the target."""
    rules = sorted(question.ruleset.rules_of(PodSize), key=lambda each: each[0].id)
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
    return min(
        _counts(people, allowed), key=lambda count: (_distance(people, count, allowed.target), count), default=None
    )


def _counts(people: int, allowed: Limits) -> range:
    """Return every number of pods that keeps all of them within their limits."""
    return range(max(-(-people // allowed.most), 1), people // allowed.least + 1) if allowed.most else range(0)


def _distance(people: int, count: int, target: int) -> int:
    size, larger = divmod(people, count)
    return larger * abs(size + 1 - target) + (count - larger) * abs(size - target)


def even_counts(question: PodQuestion) -> list[int] | None:
    """Return how many pods each group gets, None when a group cannot be divided or coaches cannot carry so many.

    Where coaches are few, pods are given up one by one where that takes sizes least far from the target.
    """
    found: list[int] = []
    shapes = [(len(people), limits(question, len(people))) for _, people in groups(question)]
    for people, allowed in shapes:
        count = preferred_count(people, allowed)
        if count is None:
            return None
        found.append(count)
    return _carriable(question, found, shapes)


def counts_near(question: PodQuestion, counts: Sequence[int]) -> list[int] | None:
    """Return the numbers of pods nearest to *counts* that each group allows and coaches can carry, None for none."""
    shapes = [(len(people), limits(question, len(people))) for _, people in groups(question)]
    found: list[int] = []
    for count, (people, allowed) in zip(counts, shapes, strict=True):
        possible = _counts(people, allowed)
        if not possible:
            return None
        found.append(min(max(count, possible[0]), possible[-1]))
    return _carriable(question, found, shapes)


def _carriable(question: PodQuestion, counts: Sequence[int], shapes: Sequence[tuple[int, Limits]]) -> list[int] | None:
    """Give up pods one by one, where that takes sizes least far from the target, until coaches can carry them."""
    found, room = list(counts), _carried(question)
    while room is not None and sum(found) > room:
        losses = [
            (_distance(people, count - 1, allowed.target) - _distance(people, count, allowed.target), at)
            for at, (count, (people, allowed)) in enumerate(zip(found, shapes, strict=True))
            if count - 1 in _counts(people, allowed)
        ]
        if not losses:
            return None
        found[min(losses)[1]] -= 1
    return found


def _carried(question: PodQuestion) -> int | None:
    """Return how many pods the coaches can take in all, None for any number."""
    rooms = [carrier.room for carrier in question.carriers if carrier.room is not None]
    return sum(rooms) if question.coached and len(rooms) == len(question.carriers) else None


def even_frames(question: PodQuestion) -> list[Frame] | None:
    """Return frames of even sizes for every group, None when there are none."""
    counts = even_counts(question)
    return None if counts is None else frames_of(question, counts)


def frames_of(question: PodQuestion, counts: Sequence[int], *, even: bool = True) -> list[Frame]:
    """Return as many frames for each group as *counts* says, of even sizes or of any that the rules allow."""
    frames: list[Frame] = []
    for place, ((_, people), count) in enumerate(zip(groups(question), counts, strict=True)):
        allowed = limits(question, len(people))
        least, most = len(people) // count, -(-len(people) // count)
        if not even:
            least, most = min(allowed.least, least), max(min(allowed.most, len(people)), most)
        frames += [Frame(place, people, least, most)] * count
    return frames


def other_counts(question: PodQuestion, counts: Sequence[int], by: int) -> list[int] | None:
    """Return *counts* with *by* pods more, or fewer, in each group that allows it; None when nothing changes."""
    shapes = [(len(people), limits(question, len(people))) for _, people in groups(question)]
    found = [
        count + by if count + by in _counts(people, allowed) else count
        for count, (people, allowed) in zip(counts, shapes, strict=True)
    ]
    room = _carried(question)
    return None if found == list(counts) or (room is not None and sum(found) > room) else found


def loose_frames(question: PodQuestion) -> list[Frame]:
    """Return as many frames as any division may need; least 0 means that a frame may stay empty."""
    frames: list[Frame] = []
    for place, (_, people) in enumerate(groups(question)):
        allowed = limits(question, len(people))
        generous = max(2 * math.ceil(len(people) / allowed.target), 10)
        count = max(min(len(people) // allowed.least, generous), 1)
        frames += [Frame(place, people, allowed.least, min(allowed.most, len(people)))] * count
    return frames
