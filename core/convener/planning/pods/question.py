"""The question of who sits with whom, in canonical order: the same people give the same question.

Everything that has to be looked up for each person is indexed once, so that ten thousand people take no longer than
they must. What the roster does not say is unknown: it is neither shared with anybody nor different from anything.
Only an inflexible `same` cannot leave it open, and keeps those of whom nothing is said among themselves.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import combinations_with_replacement
from zoneinfo import ZoneInfo

from convener.errors import DataError
from convener.model import Commitment, ParticipantStatus, Register, on
from convener.planning.hours import last_day, least_overlap, working_hours
from convener.planning.pods.carriers import Carrier, KeptPod, address_of, allowed_coaches, carriers_of
from convener.rulesets.kinds import Apart, Similar, TimezoneOverlap, Together
from convener.rulesets.ruleset import Ruleset

Span = tuple[tuple[time, time], date, date]
TODAY = "pod of today"
"""A column beside those of the roster, whose names have no blanks: the pod somebody sits in before the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodQuestion:
    """Everything that decides who sits with whom."""

    ruleset: Ruleset
    register: Register
    day: date
    people: tuple[str, ...]
    """Ids of everyone to seat, sorted."""
    kept: tuple[KeptPod, ...]
    """Frozen pods."""
    carriers: tuple[Carrier, ...]
    """Coaches who may be allocated, sorted."""
    coached: bool
    """Whether any coach is known at all; without one pods stay without."""
    silent: tuple[Carrier, ...] = ()
    """Coaches who might be allocated if they answered, sorted."""
    barred: tuple[Carrier, ...] = ()
    """Coaches who might be allocated if the programme allowed them, sorted."""
    managers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Id or address of everyone's line manager, by person."""
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    """Ids of the people to seat by address, in folded case."""
    standing: tuple[KeptPod, ...] = ()
    """Pods of today that are mended, with those of their members who are still to be seated; empty otherwise."""
    today: Mapping[str, str] = field(default_factory=dict[str, str])
    """Id of the standing pod of each person who sits in one."""
    orders: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])
    """Places of values by column, where a rule asks for them."""
    span: Span
    """Working hours, and the first and last day on which they must meet."""

    def value(self, person: str, column: str) -> str:
        """Return what the roster says of *person* in *column*, empty when it says nothing."""
        if column == TODAY:
            return self.today.get(person, "")
        return self.register.people[person].attributes.get(column, "").strip()

    def zone(self, person: str) -> str:
        """Return the zone *person* lives in."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone

    def name(self, person: str) -> str:
        """Return the name of *person*."""
        known = self.register.people.get(person)
        return known.name if known else person

    def order(self, column: str) -> Mapping[str, int]:
        """Return the place of each value of *column* in sorted order, among everyone to seat."""
        known = self.orders.get(column)
        return ranks(self.value(person, column) for person in self.people) if known is None else known

    def shares(self, one: str, other: str, minutes: int) -> bool:
        """Tell whether two zones share *minutes* of working hours on every day of the programme."""
        hours, first, last = self.span
        return least_overlap(min(one, other), max(one, other), hours, first, last) >= minutes


def pose(
    ruleset: Ruleset,
    register: Register,
    day: date,
    commitments: Sequence[Commitment] = (),
    answered: frozenset[str] | None = None,
    *,
    reform: bool = False,
) -> PodQuestion:
    """Gather the question of *day*; people on secondment or withdrawn are not seated.

    With *reform* the pods of that day are known to it. Raises DataError for a time zone that does not exist.
    """
    ruleset = replace(ruleset, rules=dict(sorted(ruleset.rules.items())))  # no rule counts first for standing first
    pods = _pods(register, day)
    kept = tuple(pod for pod in pods if register.pods[pod.id].frozen)
    seated = {person for pod in kept for person in pod.members}
    people = tuple(sorted(person for person in _active(register, day) if person not in seated))
    allowed = allowed_coaches(ruleset, register)
    asked = [coach for coach in allowed if answered is None or coach in answered]
    silent = sorted(set(allowed) - set(asked))
    barred = sorted(set(register.coaches) - set(allowed))
    _check_zones(ruleset, register, (*people, *allowed))
    standing = _standing(pods, register, frozenset(people)) if reform else ()
    return PodQuestion(
        ruleset=ruleset,
        register=register,
        day=day,
        people=people,
        kept=kept,
        carriers=carriers_of(ruleset, register, asked, kept, commitments),
        coached=bool(allowed),
        silent=carriers_of(ruleset, register, silent, kept, commitments),
        barred=carriers_of(ruleset, register, barred, kept, commitments),
        managers={row.person: row.manager for row in reversed(on(register.managements, day))},
        addresses={address_of(register, person): person for person in people},
        standing=standing,
        today={person: pod.id for pod in standing for person in pod.members},
        orders=_orders(ruleset, register, people),
        span=(working_hours(ruleset), ruleset.starts, last_day(ruleset)),
    )


def _active(register: Register, day: date) -> list[str]:
    status = {row.person: row.status for row in reversed(on(register.enrolments, day))}
    return [person for person, now in status.items() if now is ParticipantStatus.ACTIVE]


def _pods(register: Register, day: date) -> list[KeptPod]:
    """Return every pod of *day*, by id."""
    members: dict[str, set[str]] = {}
    for membership in on(register.memberships, day):
        members.setdefault(membership.pod, set()).add(membership.person)
    coaches = {row.pod: row.coach for row in reversed(on(register.coachings, day))}
    return [
        KeptPod(id=pod.id, name=pod.name, members=tuple(sorted(members.get(pod.id, ()))), coach=coaches.get(pod.id))
        for pod in sorted(register.pods.values(), key=lambda pod: pod.id)
    ]


def _standing(pods: Iterable[KeptPod], register: Register, people: frozenset[str]) -> tuple[KeptPod, ...]:
    """Return the pods that are not frozen, with their members among *people*; a person counts in the first only."""
    found: list[KeptPod] = []
    met: set[str] = set()
    for pod in pods:
        members = tuple(person for person in pod.members if person in people and person not in met)
        met.update(members)
        if members and not register.pods[pod.id].frozen:
            found.append(KeptPod(id=pod.id, name=pod.name, members=members, coach=pod.coach))
    return tuple(found)


def _orders(ruleset: Ruleset, register: Register, people: Iterable[str]) -> dict[str, dict[str, int]]:
    columns = {column for _, terms in ruleset.rules_of(Similar) for column in terms.by}
    known = [register.people[person].attributes for person in people]
    return {column: ranks(values.get(column, "").strip() for values in known) for column in sorted(columns)}


def _check_zones(ruleset: Ruleset, register: Register, people: Iterable[str]) -> None:
    where = {register.people[person].zone or ruleset.zone: person for person in people if person in register.people}
    for zone, person in sorted(where.items()):
        _check_zone(register, zone, person)


def _check_zone(register: Register, zone: str, person: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise DataError(
            f"{zone!r}, the time zone of {register.people[person].name}, does not exist",
            hint="correct the roster, for example to 'Europe/London', and read it again: convener sync",
        ) from error


def minutes_of(terms: TimezoneOverlap) -> int:
    """Return the minutes that working hours must share."""
    return int(terms.min.as_timedelta().total_seconds() // 60)


def apart_pairs(question: PodQuestion, terms: Apart) -> list[tuple[str, str]]:
    """Return the pairs of people to seat that *terms* keeps apart, sorted."""
    pairs = _resolve(question, terms.pairs)
    if terms.who == "manager-and-report":
        pairs += _manager_pairs(question)
    return sorted({(min(pair), max(pair)) for pair in pairs})


def together_pairs(question: PodQuestion, terms: Together) -> list[tuple[str, str]]:
    """Return the pairs of people to seat that *terms* keeps together, sorted."""
    return sorted({(min(pair), max(pair)) for pair in _resolve(question, terms.pairs)})


def _resolve(question: PodQuestion, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    known = question.addresses
    found = [(known.get(one.casefold()), known.get(other.casefold())) for one, other in pairs]
    return [(one, other) for one, other in found if one is not None and other is not None and one != other]


def _manager_pairs(question: PodQuestion) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for person in question.people:
        manager = question.managers.get(person)
        boss = question.addresses.get(address_of(question.register, manager)) if manager else None
        if boss and boss != person:
            pairs.append((person, boss))
    return pairs


def zone_clashes(question: PodQuestion, minutes: int) -> list[tuple[str, str]]:
    """Return the pairs of zones among people and coaches whose working hours share less than *minutes*, sorted."""
    zones = sorted({question.zone(p) for p in question.people} | {c.zone for c in question.carriers})
    return [pair for pair in combinations_with_replacement(zones, 2) if not question.shares(*pair, minutes)]


def ranks(values: Iterable[str]) -> dict[str, int]:
    """Return each value's place in sorted order; numbers are sorted as numbers, other text piece by piece."""
    distinct = sorted({value for value in values if value}, key=_natural)
    return {value: place for place, value in enumerate(distinct)}


def _natural(value: str) -> tuple[tuple[int, float, str], ...]:
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return ((0, float(value), ""),)
    pieces = re.findall(r"\d+|\D+", value.casefold())
    return tuple((0, float(piece), "") if piece.isdigit() else (1, 0.0, piece) for piece in pieces)


def slug(text: str) -> str:
    """Return *text* as a name for a pod: lowercase letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "pod"


def joined(words: Sequence[str]) -> str:
    """Return words as people list them: `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def shortened(words: Sequence[str], most: int) -> str:
    """Return *words* as people list them; of more than *most* the first few, and how many more there are."""
    more = len(words) - most
    return f"{', '.join(words[:most])} and {more} more" if more > 0 else joined(words)
