"""Lanes: which pods, with everyone who sits there, one thread works on for a while."""

from collections.abc import Sequence
from typing import NamedTuple

from convener.planning.kernel import Ints, chance, ints
from convener.planning.pods.local.board import LEAST, MOST, PEOPLE, SEAT, SIZE
from convener.planning.pods.sizes import Frame


class Lane(NamedTuple):
    """Parts of a plan, each some pods of one group with everyone who sits there."""

    parts: int
    crowd: Ints
    """People, part by part."""
    crowd_first: Ints
    """(parts + 1)"""
    pods: Ints
    pods_first: Ints
    loose: Ints
    """(parts) whether sizes may change."""


def lanes(cells: Ints, frames: Sequence[Frame], count: int, notes: Ints) -> list[Lane]:
    """Return *count* lanes that share no pod: groups whole where there is one lane, else cut at random."""
    groups: dict[int, list[int]] = {}
    for at, frame in enumerate(frames):
        groups.setdefault(frame.group, []).append(at)
    members: list[list[int]] = [[] for _ in frames]
    for person in range(cells[PEOPLE]):
        members[cells[cells[SEAT] + person]].append(person)
    parts: list[list[list[int]]] = [[] for _ in range(count)]
    for pods in groups.values():
        _shuffle(pods, notes)
        width = -(-len(pods) // count)
        for lane in range(count):
            part = sorted(pods[lane * width : (lane + 1) * width])
            parts[lane] += [part] if len(part) > 1 else []
    return [_lane(cells, mine, members) for mine in parts]


def _shuffle(pods: list[int], notes: Ints) -> None:
    """Bring *pods* into a random order (Fisher and Yates)."""
    for at in range(len(pods) - 1, 0, -1):
        other = int(chance(notes, at + 1))
        pods[at], pods[other] = pods[other], pods[at]


def _lane(cells: Ints, parts: list[list[int]], members: list[list[int]]) -> Lane:
    crowd: list[int] = []
    crowd_first, pods_first = [0], [0]
    for part in parts:
        crowd += sorted(person for pod in part for person in members[pod])
        crowd_first.append(len(crowd))
        pods_first.append(pods_first[-1] + len(part))
    return Lane(
        parts=len(parts),
        crowd=ints(crowd),
        crowd_first=ints(crowd_first),
        pods=ints([pod for part in parts for pod in part]),
        pods_first=ints(pods_first),
        loose=ints([int(any(_loose(cells, pod) for pod in part)) for part in parts]),
    )


def _loose(cells: Ints, pod: int) -> bool:
    least, most = cells[cells[LEAST] + pod], cells[cells[MOST] + pod]
    return bool(least < most or cells[cells[SIZE] + pod] != least)
