"""The question of who sits with whom, in canonical order: the same people give the same question."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from convener.model import Commitment, ParticipantStatus, Register
from convener.planning.hours import last_day, least_overlap, working_hours
from convener.rulesets.kinds import Apart, CoachAccredited, CoachLoad, Together
from convener.rulesets.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A coach who may be allocated, and how much more they can carry."""

    id: str
    zone: str
    room: int | None
    """Pods they can still take, None for any number."""
    carries: int
    """Pods they carry already."""
    skills: frozenset[str]
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPod:
    """A frozen pod."""

    id: str
    name: str
    members: tuple[str, ...]
    coach: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PodQuestion:
    """Everything that decides who sits with whom."""

    ruleset: Ruleset
    register: Register
    day: date
    people: tuple[str, ...]
    """Ids of everyone to seat, sorted."""
    kept: tuple[KeptPod, ...]
    carriers: tuple[Carrier, ...]
    """Coaches who may be allocated, sorted."""
    coached: bool
    """Whether any coach is known at all; without one pods stay without."""

    def value(self, person: str, column: str) -> str:
        """Return what the roster says of *person* in *column*, empty when it says nothing."""
        return self.register.people[person].attributes.get(column, "").strip()

    def zone(self, person: str) -> str:
        """Return the zone *person* lives in."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone

    def name(self, person: str) -> str:
        """Return the name of *person*."""
        known = self.register.people.get(person)
        return known.name if known else person

    def shares(self, one: str, other: str, minutes: int) -> bool:
        """Tell whether two zones share *minutes* of working hours on every day of the programme."""
        first, second = sorted((one, other))
        first_day, hours = self.ruleset.starts, working_hours(self.ruleset)
        return least_overlap(first, second, hours, first_day, last_day(self.ruleset)) >= minutes


def pose(
    ruleset: Ruleset,
    register: Register,
    day: date,
    commitments: Sequence[Commitment] = (),
    answered: frozenset[str] | None = None,
) -> PodQuestion:
    """Gather the question of *day*; people on secondment or withdrawn are not seated."""
    kept = _kept(register, day)
    seated = {person for pod in kept for person in pod.members}
    active = [p for p in register.participants(day) if register.status_of(p, day) is ParticipantStatus.ACTIVE]
    allowed = _allowed(ruleset, register)
    return PodQuestion(
        ruleset=ruleset,
        register=register,
        day=day,
        people=tuple(sorted(person for person in active if person not in seated)),
        kept=kept,
        carriers=_carriers(
            ruleset, register, [c for c in allowed if answered is None or c in answered], kept, commitments
        ),
        coached=bool(allowed),
    )


def _kept(register: Register, day: date) -> tuple[KeptPod, ...]:
    return tuple(
        KeptPod(
            id=pod.id, name=pod.name, members=tuple(register.members(pod.id, day)), coach=register.coach_of(pod.id, day)
        )
        for pod in sorted(register.pods.values(), key=lambda pod: pod.id)
        if pod.frozen
    )


def _allowed(ruleset: Ruleset, register: Register) -> list[str]:
    if ruleset.coaches is None:
        return sorted(register.coaches)
    wanted = {address.casefold() for address in ruleset.coaches}
    return sorted(coach for coach in register.coaches if _address(register, coach) in wanted)


def _address(register: Register, person: str) -> str:
    known = register.people.get(person)
    return (known.email if known else person).casefold()


def _carriers(
    ruleset: Ruleset, register: Register, ids: Iterable[str], kept: Sequence[KeptPod], commitments: Sequence[Commitment]
) -> tuple[Carrier, ...]:
    caps = [terms.max_pods for rule, terms in ruleset.rules_of(CoachLoad) if rule.inflexible and terms.max_pods]
    bound = any(rule.inflexible for rule, _ in ruleset.rules_of(CoachLoad))
    needed = [
        (set(terms.accredited), terms.min_years) for rule, terms in ruleset.rules_of(CoachAccredited) if rule.inflexible
    ]
    found: list[Carrier] = []
    for each in ids:
        coach = register.coaches[each]
        if any(not skills <= coach.accredited or coach.years < years for skills, years in needed):
            continue
        carries = sum(pod.coach == each for pod in kept) + sum(c.pods for c in commitments if c.coach == each)
        limits = [*caps, *([coach.max_pods] if coach.max_pods is not None and bound else [])]
        room = max(min(limits) - carries, 0) if limits else None
        known = register.people.get(each)
        zone = (known.zone if known else "") or ruleset.zone
        found.append(
            Carrier(id=each, zone=zone, room=room, carries=carries, skills=coach.accredited, years=coach.years)
        )
    return tuple(found)


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
    by_address = {_address(question.register, person): person for person in question.people}
    found = [(by_address.get(one.casefold()), by_address.get(other.casefold())) for one, other in pairs]
    return [(one, other) for one, other in found if one is not None and other is not None and one != other]


def _manager_pairs(question: PodQuestion) -> list[tuple[str, str]]:
    by_address = {_address(question.register, person): person for person in question.people}
    pairs: list[tuple[str, str]] = []
    for person in question.people:
        manager = question.register.manager_of(person, question.day)
        boss = by_address.get(_address(question.register, manager)) if manager else None
        if boss and boss != person:
            pairs.append((person, boss))
    return pairs


def zone_clashes(question: PodQuestion, minutes: int) -> list[tuple[str, str]]:
    """Return the pairs of zones among people and coaches whose working hours share less than *minutes*."""
    zones = sorted({question.zone(p) for p in question.people} | {c.zone for c in question.carriers})
    pairs = [(one, other) for i, one in enumerate(zones) for other in zones[i:]]
    return [pair for pair in pairs if not question.shares(*pair, minutes)]


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
