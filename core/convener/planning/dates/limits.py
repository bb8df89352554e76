"""What pods cannot do at once: the time of a coach, and of people who sit in several pods."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from convener.planning.dates.question import DatesQuestion, PodDates, Stretch
from convener.planning.dates.series import FAR, Limit, Series
from convener.planning.dates.slots import clock
from convener.rulesets.kinds import CoachLoad

Cliques = Sequence[frozenset[int]]
"""For each slot, those not later than it that overlap it, itself included."""


def limits(
    questions: Sequence[DatesQuestion], series: Sequence[Series], places: Sequence[Stretch]
) -> tuple[Limit, ...]:
    """Return what those who share a coach or a person cannot use at once: overlapping slots, and too many a day."""
    users: dict[str, list[Series]] = defaultdict(list)
    for each in series:
        for resource in each.uses:
            users[resource].append(each)
    cliques = _cliques(places)
    found: list[Limit] = []
    for resource, sharing in sorted(users.items()):
        usable = Counter(slot for each in sharing for slot in _usable(each))
        if len(sharing) > 1:
            found += _at_once(resource, usable, cliques)
        found += _a_day(resource, usable, questions, places)
    return tuple(found)


def _usable(series: Series) -> set[int]:
    open_nodes = (series.cost < FAR).any(axis=0) & (series.slots >= 0)
    return set(series.slots[open_nodes].tolist())


def _cliques(places: Sequence[Stretch]) -> Cliques:
    found: list[frozenset[int]] = []
    running: list[int] = []
    for at, (begin, _) in enumerate(places):
        running = [other for other in running if places[other][1] > begin]
        running.append(at)
        found.append(frozenset(running))
    return found


def _at_once(resource: str, usable: Mapping[int, int], cliques: Cliques) -> Iterable[Limit]:
    for at in sorted(usable):
        slots = frozenset(other for other in cliques[at] if other in usable)
        if sum(usable[slot] for slot in slots) > 1:
            yield Limit(resource, slots, 1)


def _a_day(
    resource: str, usable: Mapping[int, int], questions: Sequence[DatesQuestion], places: Sequence[Stretch]
) -> Iterable[Limit]:
    led = [(q, pod) for q in questions for pod in q.pods if any(row.coach == resource for row in pod.coachings)]
    most = min((cap for question, pod in led for cap in _caps(question, pod)), default=None)
    if most is None:
        return
    question, slots = led[0][0], sorted(usable)
    zone = question.zone(resource)
    engaged = Counter(question.local(begin, zone).toordinal() for begin, _ in question.engaged.get(resource, ()))
    by_day: dict[int, set[int]] = defaultdict(set)
    for slot, day in zip(slots, clock([places[slot] for slot in slots], zone).day.tolist(), strict=True):
        by_day[day].add(slot)
    for day, there in sorted(by_day.items()):
        room = max(most - engaged[day], 0)
        if sum(usable[slot] for slot in there) > room:
            yield Limit(resource, frozenset(there), room)


def _caps(question: DatesQuestion, pod: PodDates) -> Iterable[int]:
    for rule in question.rules(pod).values():
        if isinstance(rule.terms, CoachLoad) and rule.inflexible and rule.terms.max_sessions_per_day is not None:
            yield rule.terms.max_sessions_per_day


@dataclass(frozen=True, slots=True, eq=False)
class Sharing:
    """The limits, by what they are about, beside the series they bind."""

    limits: tuple[Limit, ...]
    series: tuple[Series, ...]
    about: Mapping[str, Sequence[Limit]]

    @classmethod
    def of(cls, limits: tuple[Limit, ...], series: Sequence[Series]) -> "Sharing":
        """Sort *limits* by resource."""
        about: dict[str, list[Limit]] = defaultdict(list)
        for limit in limits:
            about[limit.resource].append(limit)
        return cls(limits, tuple(series), about)

    def users(self) -> Mapping[str, Sequence[int]]:
        """Return for each resource the places of the series that use it."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self.series):
            for resource in each.uses:
                found[resource].append(at)
        return found

    def blocked(self, paths: Sequence[Sequence[int]]) -> list[frozenset[int]]:
        """Return for each series the slots it cannot take beside what the others take on their *paths*."""
        users = self.users()
        taken = [Counter(each.slots[list(path)].tolist()) for each, path in zip(self.series, paths, strict=True)]
        used = {resource: sum((taken[at] for at in places), Counter()) for resource, places in users.items()}
        found: list[frozenset[int]] = []
        for own, each in zip(taken, self.series, strict=True):
            full: set[int] = set()
            for resource in each.uses:
                full |= _full(self.about.get(resource, ()), used[resource], own)
            found.append(frozenset(full))
        return found


def _full(limits: Iterable[Limit], used: Counter[int], own: Counter[int]) -> set[int]:
    full: set[int] = set()
    for limit in limits:
        if sum(used[slot] - own[slot] for slot in limit.slots if slot in used) >= limit.most:
            full |= limit.slots
    return full
