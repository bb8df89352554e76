"""Seats for those who found none: others are put out to make room, and seated anew.

An ejection pool with penalties (Nagata and Bräysy, Operations Research Letters 37, 2009): who is hard to seat is put
out less and less, so that in the end those leave who are easily seated elsewhere.
"""

from collections import Counter
from collections.abc import Sequence

from convener.planning.effort import Effort
from convener.planning.pods.feasibility.bins import Bin, Item, coached
from convener.planning.pods.feasibility.crowd import Crowd

LOOKS = 300_000
"""Times that somebody waiting is compared with somebody seated, at most."""
LOOKS_EACH = 2_000
"""The same for each of those to seat."""
LOOK = 15
"""Steps that one comparison counts for: they are in plain Python."""
Key = tuple[str, ...]


class Pool:
    """Who waits for a seat, how often each has, and who clashes with whom as far as was asked."""

    def __init__(self, crowd: Crowd, waiting: Sequence[Item]) -> None:
        self.crowd = crowd
        self.waiting = list(waiting)
        self.penalty: Counter[Key] = Counter()
        self.looks = 0
        self._clashes: dict[tuple[Key, Key], bool] = {}

    def clashes(self, one: Item, other: Item) -> bool:
        """Tell whether two cannot share a pod."""
        key = (one.people, other.people)
        found = self._clashes.get(key)
        if found is None:
            found = self._clashes[key] = one.clashes(self.crowd, other)
        return found

    def cost(self, item: Item) -> int:
        """Return how unwelcome it is to put *item* out."""
        return (1 + self.penalty[item.people]) * len(item.people)


def seat_left(crowd: Crowd, bins: list[Bin], left: Sequence[Item], effort: Effort) -> bool:
    """Seat all of *left* in *bins*, which changes them, and tell whether that worked in time."""
    pool = Pool(crowd, left)
    changed = [0] * len(bins)
    most = min(LOOKS, LOOKS_EACH * (len(left) + sum(len(each.items) for each in bins)))
    turn = looks = 0
    while pool.waiting and pool.looks < most and effort.left(effort.spent + 1):
        turn += 1
        item = pool.waiting.pop()
        at = _free(crowd, bins, item)
        if at is None:
            pool.penalty[item.people] += 1
            choice = _cheapest(pool, bins, item, changed)
            if choice is None:
                return False
            at, out = choice
            bins[at] = bins[at].without(out)
            pool.waiting += out
        bins[at].put(item)
        changed[at] = turn
        pool.looks += len(bins)
        effort.spend((pool.looks - looks) * LOOK, best=None, bound=0)
        looks = pool.looks
    return not pool.waiting


def _free(crowd: Crowd, bins: Sequence[Bin], item: Item) -> int | None:
    """Return the emptiest pod that takes *item* as it is."""
    found = [(-each.room, at) for at, each in enumerate(bins) if each.room >= len(item.people)]
    return next((at for _, at in sorted(found) if bins[at].takes(crowd, item)), None)


def _cheapest(pool: Pool, bins: Sequence[Bin], item: Item, changed: Sequence[int]) -> tuple[int, list[Item]] | None:
    """Return the pod that takes *item* when those are put out whom it costs least, of equals the longest unchanged."""
    best: tuple[int, int, int] | None = None
    chosen: list[Item] = []
    for at, each in enumerate(bins):
        pool.looks += len(each.items)
        out = _out(pool, each, item)
        if out is not None:
            key = (sum(pool.cost(other) for other in out), changed[at], at)
            if best is None or key < best:
                best, chosen = key, out
    return None if best is None else (best[2], chosen)


def _out(pool: Pool, each: Bin, item: Item) -> list[Item] | None:
    """Return who leaves *each* so that *item* fits, None when it never does: who clashes, then who costs least."""
    out = [other for other in each.items if pool.clashes(item, other)]
    room = each.room + sum(len(other.people) for other in out) - len(item.people)
    if room < 0:
        rest = [other for other in each.items if other not in out]
        for other in sorted(rest, key=lambda other: (pool.cost(other), other.people)):
            if room < 0:
                out.append(other)
                room += len(other.people)
    zones = {zone for other in each.items if other not in out for zone in other.zones} | item.zones
    return out if room >= 0 and coached(pool.crowd, zones) else None
