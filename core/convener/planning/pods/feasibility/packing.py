"""A division that keeps every inflexible rule, built greedily: what is hard to place is placed first.

Who found no place goes to the front of the queue and all is tried again: squeaky wheel optimization (Joslin and
Clements, Journal of Artificial Intelligence Research 10, 1999). Who is left in the end makes others leave, see
`ejection`.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from convener.planning.effort import Effort
from convener.planning.pods.costs import Seated
from convener.planning.pods.feasibility.bins import Bin, Item, item_of
from convener.planning.pods.feasibility.blocks import Block, Sort, blocks
from convener.planning.pods.feasibility.counts import needed
from convener.planning.pods.feasibility.crowd import Crowd
from convener.planning.pods.feasibility.ejection import seat_left
from convener.planning.pods.feasibility.ties import clusters
from convener.planning.pods.sizes import even_split, limits, preferred_count

SLACK = (0, 1, 0, 100, 0)
"""Seats beyond an even split that pods have, round by round; the last round is the one whose pods are repaired."""
Pods = list[list[str]]
"""Ids of the members of each pod."""


def pack(crowd: Crowd, effort: Effort) -> list[Seated] | None:
    """Return pods with coaches that keep every inflexible rule, None when none were found this way.

    Without *effort* left nobody is made to leave a pod for another; the rest is too quick to be counted.
    """
    parts = blocks(crowd)
    home = {person: at for at, block in enumerate(parts) for person in block.people}
    items: dict[int, list[Item]] = defaultdict(list)
    for people in clusters(crowd):
        items[home[people[0]]].append(item_of(crowd, people))
    rooms = [carrier.room for carrier in crowd.question.carriers]
    room = None if None in rooms or not crowd.question.coached else sum(each or 0 for each in rooms)

    @cache
    def filled(at: int, count: int) -> Pods | None:
        return _block_filled(crowd, items[at], count, effort)

    for counts in _counts(crowd, parts, room):
        if room is None or sum(counts) <= room:
            pods = _filled(filled, counts)
            seated = _with_coaches(crowd, pods) if pods is not None else None
            if seated is not None:
                return seated
    return None


def _counts(crowd: Crowd, parts: Sequence[Block], room: int | None) -> Iterable[list[int]]:
    """Yield numbers of pods for each block: what suits sizes, what coaches have *room* for, fewest, most, half way."""
    least = [needed(crowd, block)[0] for block in parts]
    if any(low > block.most for low, block in zip(least, parts, strict=True)):
        return
    suited = [preferred_count(len(b.people), limits(crowd.question, len(b.people))) or b.fewest for b in parts]
    bounds = list(zip(suited, least, parts, strict=True))
    share = 0 if room is None else max(room - sum(least), 0) / len(crowd.question.people)
    tries = [
        [max(best, low) for best, low, _ in bounds],
        [min(low + int(share * len(block.people)), block.most) for _, low, block in bounds],
        least,
        [block.most for block in parts],
        [(low + block.most) // 2 for _, low, block in bounds],
    ]
    yield from (list(each) for each in dict.fromkeys(tuple(each) for each in tries))


def _filled(block_filled: Callable[[int, int], Pods | None], counts: Sequence[int]) -> Pods | None:
    pods: Pods = []
    for at, count in enumerate(counts):
        found = block_filled(at, count)
        if found is None:
            return None
        pods += found
    return sorted(sorted(pod) for pod in pods)


def _block_filled(crowd: Crowd, items: Sequence[Item], count: int, effort: Effort) -> Pods | None:
    held = Counter(mark for item in items for mark in item.unlike)
    sorts = Counter(item.sort for item in items)
    queue = sorted(
        items,
        key=lambda i: (
            -len(i.people), -max((held[m] for m in i.unlike), default=0), -len(i.rivals), -sorts[i.sort], i.people
        ),
    )  # fmt: skip
    rooms = _rooms(items, min(count, len(items)))
    bins, left = list[Bin](), queue
    for slack in SLACK:
        bins = [Bin(min(room + slack, crowd.most)) for room in rooms]
        left = _placed(crowd, queue, bins, single=len(sorts) == 1)
        if not left and _large_enough(crowd, bins):
            return _members(bins)
        stuck = {item.people for item in left}
        queue = left + [item for item in queue if item.people not in stuck]
    return _members(bins) if seat_left(crowd, bins, left, effort) and _large_enough(crowd, bins) else None


def _large_enough(crowd: Crowd, bins: Sequence[Bin]) -> bool:
    return all(len(each.people) >= crowd.least for each in bins if each.people)


def _members(bins: Sequence[Bin]) -> Pods:
    return [each.people for each in bins if each.people]


def _rooms(items: Sequence[Item], count: int) -> list[int]:
    """Return sizes as even as those who are tied to each other allow."""
    people = sum(len(item.people) for item in items)
    rooms: list[int] = []
    for size in sorted((len(item.people) for item in items), reverse=True):
        left = count - len(rooms)
        if left <= 1 or size * left <= people:
            break
        rooms.append(size)
        people -= size
    return rooms + even_split(people, count - len(rooms))


def _placed(crowd: Crowd, queue: Sequence[Item], bins: list[Bin], *, single: bool) -> list[Item]:
    """Put each item in the emptiest pod of its own sort, else in an empty one, else anywhere; return what is left."""
    heaps: dict[Sort | None, list[tuple[int, int]]] = defaultdict(list)
    heaps[None] = [(-each.room, at) for at, each in enumerate(bins)]
    heapq.heapify(heaps[None])
    left: list[Item] = []
    for item in queue:
        own = None if single else item.sort
        others = sorted((sort for sort in heaps if sort not in {own, None}), key=str)
        for key in dict.fromkeys((own, None, *others)):
            at = _first(crowd, item, bins, heaps[key])
            if at is not None:
                bins[at].put(item)
                heapq.heappush(heaps[own if key is None else key], (-bins[at].room, at))
                break
        else:
            left.append(item)
    return left


def _first(crowd: Crowd, item: Item, bins: Sequence[Bin], heap: list[tuple[int, int]]) -> int | None:
    """Take the emptiest pod that fits out of *heap*."""
    passed: list[tuple[int, int]] = []
    found: int | None = None
    while heap and found is None:
        entry = heapq.heappop(heap)
        if -entry[0] < len(item.people):
            passed.append(entry)
            break  # the others are fuller still
        if bins[entry[1]].takes(crowd, item):
            found = entry[1]
        else:
            passed.append(entry)
    for entry in passed:
        heapq.heappush(heap, entry)
    return found


def _with_coaches(crowd: Crowd, pods: Sequence[Sequence[str]]) -> list[Seated] | None:
    """Give each pod a coach with room whose zone fits, by augmenting paths; None when that cannot be."""
    if not crowd.question.coached:
        return [Seated(f"{at}", tuple(pod), None) for at, pod in enumerate(pods)]
    carriers = crowd.question.carriers
    room = [len(pods) if carrier.room is None else carrier.room for carrier in carriers]
    zones = [crowd.coaching_zone(carrier) for carrier in carriers]

    @cache
    def fits(here: frozenset[str]) -> list[int]:
        return [at for at, zone in enumerate(zones) if all(crowd.zones_fit(zone, each) for each in here)]

    fitting = [fits(frozenset(crowd.zones[person] for person in pod)) for pod in pods]
    taken: list[list[int]] = [[] for _ in carriers]
    for at in range(len(pods)):
        if not _coach_found(at, fitting, room, taken, set()):
            return None
    coach_of = {pod: carriers[at].id for at, mine in enumerate(taken) for pod in mine}
    return [Seated(f"{at}", tuple(pod), coach_of[at]) for at, pod in enumerate(pods)]


def _coach_found(
    pod: int, fitting: Sequence[Sequence[int]], room: Sequence[int], taken: list[list[int]], tried: set[int]
) -> bool:
    free = next((coach for coach in fitting[pod] if len(taken[coach]) < room[coach]), None)
    if free is not None:
        taken[free].append(pod)
        return True
    for coach in fitting[pod]:
        if coach in tried:
            continue
        tried.add(coach)
        for other in list(taken[coach]):
            if _coach_found(other, fitting, room, taken, tried):
                taken[coach].remove(other)
                taken[coach].append(pod)
                return True
    return False
