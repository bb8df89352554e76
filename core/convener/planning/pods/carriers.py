"""Coaches who may be allocated, and the pods there are already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convener.model import Commitment, Register
from convener.rulesets.kinds import CoachAccredited, CoachLoad
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
    """A pod that exists already."""

    id: str
    name: str
    members: tuple[str, ...]
    coach: str | None


def allowed_coaches(ruleset: Ruleset, register: Register) -> list[str]:
    """Return ids of the coaches the programme may have, sorted."""
    if ruleset.coaches is None:
        return sorted(register.coaches)
    wanted = {address.casefold() for address in ruleset.coaches}
    return sorted(coach for coach in register.coaches if address_of(register, coach) in wanted)


def address_of(register: Register, person: str) -> str:
    """Return the address of *person* in folded case, a stranger's id instead."""
    known = register.people.get(person)
    return (known.email if known else person).casefold()


def carriers_of(
    ruleset: Ruleset, register: Register, ids: Iterable[str], kept: Sequence[KeptPod], commitments: Sequence[Commitment]
) -> tuple[Carrier, ...]:
    """Return what each coach of *ids* can carry, beside the pods in *kept* and the *commitments* elsewhere."""
    caps = [terms.max_pods for rule, terms in ruleset.rules_of(CoachLoad) if rule.inflexible and terms.max_pods]
    bound = any(rule.inflexible for rule, _ in ruleset.rules_of(CoachLoad))
    strict = [terms for rule, terms in ruleset.rules_of(CoachAccredited) if rule.inflexible]
    load: dict[str, int] = {}
    for who, pods in [(pod.coach or "", 1) for pod in kept] + [(each.coach, each.pods) for each in commitments]:
        load[who] = load.get(who, 0) + pods
    found: list[Carrier] = []
    for each in ids:
        coach = register.coaches[each]
        known = register.people.get(each)
        limits = [*caps, *([coach.max_pods] if coach.max_pods is not None and bound else [])]
        carries = load.get(each, 0)
        carrier = Carrier(
            id=each,
            zone=(known.zone if known else "") or ruleset.zone,
            room=max(min(limits) - carries, 0) if limits else None,
            carries=carries,
            skills=coach.accredited,
            years=coach.years,
        )
        if not any(lacks(carrier, terms) for terms in strict):
            found.append(carrier)
    return tuple(found)


def lacks(carrier: Carrier, terms: CoachAccredited) -> bool:
    """Tell whether *carrier* lacks an accreditation or the years that *terms* ask for."""
    return not set(terms.accredited) <= carrier.skills or carrier.years < terms.min_years
