"""Pods being filled with people tied to each other, and whether these may sit together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from convener.planning.pods.feasibility.blocks import Sort, sort_of
from convener.planning.pods.feasibility.crowd import Crowd, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """People tied to each other, with all their marks."""

    people: tuple[str, ...]
    sort: Sort
    alike: dict[Mark, str]
    unlike: frozenset[tuple[Mark, str]]
    zones: frozenset[str]
    rivals: frozenset[str]

    def clashes(self, crowd: Crowd, other: "Item") -> bool:
        """Tell whether it and *other* cannot share a pod, sizes and coaches aside."""
        return (
            not self.rivals.isdisjoint(other.people)
            or not self.unlike.isdisjoint(other.unlike)
            or any(other.alike.get(mark, value) != value for mark, value in self.alike.items())
            or not all(crowd.zones_fit(a, b) for a in self.zones for b in other.zones)
        )


def item_of(crowd: Crowd, people: tuple[str, ...]) -> Item:
    """Return *people*, tied to each other, with their marks."""
    return Item(
        people=people,
        sort=sort_of(crowd, people[0]),
        alike={mark: values[p] for mark, values in crowd.alike.items() for p in people if p in values},
        unlike=frozenset((mark, values[p]) for mark, values in crowd.unlike.items() for p in people if p in values),
        zones=frozenset(crowd.zones[person] for person in people),
        rivals=frozenset(rival for person in people for rival in crowd.rivals.get(person, {})),
    )


@dataclass(slots=True)
class Bin:
    """A pod being filled."""

    room: int
    items: list[Item] = field(default_factory=list[Item])
    people: list[str] = field(default_factory=list[str])
    alike: dict[Mark, str] = field(default_factory=dict[Mark, str])
    unlike: set[tuple[Mark, str]] = field(default_factory=set[tuple[Mark, str]])
    zones: set[str] = field(default_factory=set[str])

    def takes(self, crowd: Crowd, item: Item) -> bool:
        """Tell whether *item* fits."""
        return (
            len(item.people) <= self.room
            and item.rivals.isdisjoint(self.people)
            and item.unlike.isdisjoint(self.unlike)
            and all(self.alike.get(mark, value) == value for mark, value in item.alike.items())
            and (item.zones <= self.zones or all(crowd.zones_fit(a, b) for a in item.zones for b in self.zones))
            and (item.zones <= self.zones or coached(crowd, self.zones | item.zones))
        )

    def put(self, item: Item) -> None:
        """Seat *item*."""
        self.room -= len(item.people)
        self.items.append(item)
        self.people += item.people
        self.alike |= item.alike
        self.unlike |= item.unlike
        self.zones |= item.zones

    def without(self, out: Iterable[Item]) -> "Bin":
        """Return the pod as it is when *out* have left it."""
        gone = {item.people for item in out}
        rest = Bin(self.room + len(self.people))
        for item in self.items:
            if item.people not in gone:
                rest.put(item)
        return rest


def coached(crowd: Crowd, zones: Iterable[str]) -> bool:
    """Tell whether some coach's zone fits all of *zones*."""
    if crowd.coaching is None:
        return True
    wanted = list(zones)
    return any(all(crowd.zones_fit(mine, zone) for zone in wanted) for mine in crowd.coaching)
