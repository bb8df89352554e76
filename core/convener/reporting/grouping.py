"""Small groups: answers of fewer people than the `minimum-group` rule says are never shown, nor derivable.

The ratings of one session are one block. A block is released only whole: once its register is complete and when it
holds at least the minimum. Blocks too small for that are pooled with the other small ones of the same session number,
once every pod is through with that number; the pool then counts by session and in total, never by pod. What is still
too small stays out of every figure. So each published sum is a union of blocks and pools, none smaller than the
minimum, and no difference of two sums, of this report or of last week's, can be smaller either.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from convener.reporting.snapshot import Presence, Snapshot
from convener.rulesets.kinds import MinimumGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The presences that figures may be made of."""

    whole: tuple[Presence, ...]
    """Of blocks that stand on their own: by pod, by session and in total."""
    pooled: tuple[Presence, ...] = ()
    """Of small blocks that are enough together: by session and in total only."""
    kept_back: int = 0
    """How many presences are in no figure."""

    @property
    def all(self) -> tuple[Presence, ...]:
        """Everything that counts in total."""
        return (*self.whole, *self.pooled)


def minimum_group(snapshot: Snapshot) -> int:
    """Return the fewest people a figure about answers may stand for: 1 without a rule."""
    return max((terms.min for _, terms in snapshot.ruleset.rules_of(MinimumGroup)), default=1)


def release(snapshot: Snapshot, presences: Iterable[Presence], minimum: int) -> Released:
    """Return which of *presences* may be shown when *minimum* people are the least."""
    complete = {sitting.session.id for sitting in snapshot.sittings if sitting.complete}
    blocks: dict[str, list[Presence]] = defaultdict(list)
    for presence in presences:
        blocks[presence.session].append(presence)
    whole = [
        presence for key, block in blocks.items() if key in complete and len(block) >= minimum for presence in block
    ]
    small = [
        presence for key, block in blocks.items() if key in complete and len(block) < minimum for presence in block
    ]
    pooled = _pools(small, _closed(snapshot), minimum)
    total = sum(len(block) for block in blocks.values())
    return Released(whole=tuple(whole), pooled=pooled, kept_back=total - len(whole) - len(pooled))


def _pools(small: Iterable[Presence], closed: frozenset[int], minimum: int) -> tuple[Presence, ...]:
    pools: dict[int, list[Presence]] = defaultdict(list)
    for presence in small:
        if presence.number in closed:
            pools[presence.number].append(presence)
    return tuple(
        presence
        for pool in pools.values()
        if len({presence.person for presence in pool}) >= minimum
        for presence in pool
    )


def _closed(snapshot: Snapshot) -> frozenset[int]:
    """Return the session numbers that every pod has behind it, registers complete."""
    numbers = {sitting.session.number for sitting in snapshot.sittings}
    still = {s.session.number for s in snapshot.sittings if not (s.complete or s.cancelled)}
    return frozenset(numbers - still)
