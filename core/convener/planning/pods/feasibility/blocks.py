"""People who can only sit among themselves: nobody of one block may share a pod with anybody of another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convener.planning.pods.feasibility.crowd import Crowd

Sort = tuple[tuple[str | None, ...], str]
"""What a person shares with others who fit the same people: the values they must share, and their zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some people and how many pods they can make."""

    people: tuple[str, ...]
    label: str
    """What they share, in words; empty when the block is everybody."""
    fewest: int
    """Pods they need at least."""
    most: int
    """Pods they can fill at most; below `fewest` when sizes do not allow any number."""


def sort_of(crowd: Crowd, person: str) -> Sort:
    """Return the sort of *person*."""
    return tuple(values.get(person) for values in crowd.alike.values()), crowd.zones[person]


def fits(crowd: Crowd, one: Sort, other: Sort) -> bool:
    """Tell whether people of two sorts may share a pod."""
    marks = zip(one[0], other[0], strict=True)
    return all(a is None or b is None or a == b for a, b in marks) and crowd.zones_fit(one[1], other[1])


def by_sort(crowd: Crowd) -> dict[Sort, list[str]]:
    """Return people by their sort, both in canonical order."""
    found: dict[Sort, list[str]] = defaultdict(list)
    for person in crowd.question.people:
        found[sort_of(crowd, person)].append(person)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def neighbours(crowd: Crowd, sorts: Iterable[Sort]) -> dict[Sort, list[Sort]]:
    """Return for each of *sorts* those that fit it, itself included; values that everyone has are looked up."""
    known = list(sorts)
    full = [at for at in range(len(crowd.alike)) if all(sort[0][at] is not None for sort in known)]
    buckets: dict[tuple[str | None, ...], list[Sort]] = defaultdict(list)
    for sort in known:
        buckets[tuple(sort[0][at] for at in full)].append(sort)
    return {
        sort: [other for other in bucket if fits(crowd, sort, other)] for bucket in buckets.values() for sort in bucket
    }


def blocks(crowd: Crowd) -> list[Block]:
    """Return the connected components of sorts that fit, each with the numbers of pods that sizes allow."""
    sorts = by_sort(crowd)
    near = neighbours(crowd, sorts)
    seen: set[Sort] = set()
    found: list[Block] = []
    for first in sorts:
        if first in seen:
            continue
        inside = {first: None}
        waiting = [first]
        while waiting:
            joining = [other for other in near[waiting.pop()] if other not in inside]
            inside |= dict.fromkeys(joining)
            waiting += joining
        seen.update(inside)
        people = tuple(sorted(person for sort in inside for person in sorts[sort]))
        label = _label(crowd, list(inside)) if len(inside) < len(sorts) else ""
        found.append(
            Block(people=people, label=label, fewest=-(-len(people) // crowd.most), most=len(people) // crowd.least)
        )
    return sorted(found, key=lambda block: block.people)


def _label(crowd: Crowd, inside: Sequence[Sort]) -> str:
    """Name what the people of a block share and nobody else has."""
    said: list[str] = []
    for at, (_, column) in enumerate(crowd.alike):
        values = {sort[0][at] for sort in inside}
        if len(values) == 1 and None not in values:
            said.append(f"{values.pop() or f'no {column}'}")
    zones = sorted({sort[1] for sort in inside})
    if len(zones) == 1 and zones[0]:
        said.append(zones[0])
    return ", ".join(dict.fromkeys(said))
