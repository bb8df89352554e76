"""Gentler forms of a rule, in ladders: each rung allows more than the one before."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from convener.planning.hours import last_day, least_overlap, working_hours
from convener.planning.pods.question import PodQuestion, minutes_of, zone_clashes
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule

WIDEST = 100
"""The largest pod a rule may ask for."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Other terms for a rule."""

    words: str
    terms: dict[str, object]


Ladder = Sequence[Rung]


def ladders(question: PodQuestion, rule: Rule, people: Collection[str]) -> list[Ladder]:
    """Return the gentler forms of *rule* that might help *people*, the last ladder being to make it flexible."""
    gentler = GENTLER.get(type(rule.terms))
    found = gentler(question, rule.id, rule.terms, people) if gentler else []
    flexible = Rung(f"make rule {rule.id} flexible", {"flexibility": "flexible"})
    return [*(ladder for ladder in found if ladder), [flexible]]


def _sizes(question: PodQuestion, name: str, terms: PodSize, people: Collection[str]) -> list[Ladder]:
    largest = min(WIDEST, max(len(question.people), terms.max))
    return [
        [Rung(f"let rule {name} have min = {low}", {"min": low}) for low in range(terms.min - 1, 0, -1)],
        [Rung(f"let rule {name} have max = {high}", {"max": high}) for high in range(terms.max + 1, largest + 1)],
    ]


def _pairs(question: PodQuestion, name: str, terms: Apart | Together, people: Collection[str]) -> list[Ladder]:
    """Return each pair among *people* to leave out; a rule that would say nothing any more is made flexible instead."""
    found: list[Ladder] = []
    for pair in terms.pairs:
        ends = [question.addresses.get(address.casefold()) for address in pair]
        rest = tuple(other for other in terms.pairs if other != pair)
        who = isinstance(terms, Apart) and terms.who is not None
        if all(end in people for end in ends) and (rest or who):
            names = " and ".join(question.name(end or "") for end in ends)
            found.append([Rung(f"take {names} out of rule {name}", {"pairs": rest})])
    return found


def _columns(question: PodQuestion, name: str, terms: Same | Mix | Similar, people: Collection[str]) -> list[Ladder]:
    if len(terms.by) == 1:
        return []
    return [
        [Rung(f"take {column} out of rule {name}", {"by": tuple(other for other in terms.by if other != column)})]
        for column in terms.by
    ]


def _overlap(question: PodQuestion, name: str, terms: TimezoneOverlap, people: Collection[str]) -> list[Ladder]:
    """Return the shared times, below the one asked for, that any two zones have."""
    first, last, hours = question.ruleset.starts, last_day(question.ruleset), working_hours(question.ruleset)
    pairs = zone_clashes(question, minutes_of(terms))
    shared = sorted({least_overlap(*pair, hours, first, last) for pair in pairs}, reverse=True)
    spans = [(f"{m // 60} hour{'' if m == 60 else 's'}" if m % 60 == 0 else f"{m} minutes") for m in shared if m > 0]  # noqa: PLR2004 - minutes of an hour
    return [[Rung(f'let rule {name} have min = "{span}"', {"min": span}) for span in spans]]


def _load(question: PodQuestion, name: str, terms: CoachLoad, people: Collection[str]) -> list[Ladder]:
    if terms.max_pods is None:
        return []
    most = terms.max_pods + max(len(question.people), 1)
    return [[Rung(f"let rule {name} have max_pods = {n}", {"max_pods": n}) for n in range(terms.max_pods + 1, most)]]


def _accredited(question: PodQuestion, name: str, terms: CoachAccredited, people: Collection[str]) -> list[Ladder]:
    known = {coach.years for coach in question.register.coaches.values() if coach.years < terms.min_years}
    years = [Rung(f"let rule {name} have min_years = {n}", {"min_years": n}) for n in sorted(known, reverse=True)]
    fewer = [
        [Rung(f"take {word} out of rule {name}", {"accredited": tuple(w for w in terms.accredited if w != word)})]
        for word in (terms.accredited if len(terms.accredited) > 1 else ())
    ]
    return [years, *fewer]


GENTLER: dict[type, Callable[[PodQuestion, str, Any, Collection[str]], list[Ladder]]] = {
    PodSize: _sizes,
    Apart: _pairs,
    Together: _pairs,
    Same: _columns,
    Mix: _columns,
    Similar: _columns,
    TimezoneOverlap: _overlap,
    CoachLoad: _load,
    CoachAccredited: _accredited,
}
"""The gentler forms of each kind."""
