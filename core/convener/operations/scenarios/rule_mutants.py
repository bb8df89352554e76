"""Mutants of the rules that are watched while a programme runs: their numbers, one step up and one down."""

from collections.abc import Iterator, Mapping
from datetime import time
from fractions import Fraction
from functools import partial
from typing import Any

from convener.errors import Place
from convener.model import Span
from convener.operations.scenarios.clause_mutants import changed_clauses
from convener.operations.scenarios.mutants import Mutant, Workshop
from convener.rulesets.kinds import AttendanceStatus, Require
from convener.rulesets.ruleset import Clause, Rule

TENTH = Fraction(1, 10)
WATCHED: Mapping[str, tuple[str, ...]] = {
    "attendance-floor": ("min", "forward"),
    "quorum": ("members", "coach"),
    "register-deadline": ("within",),
    "quiet-hours": ("from_", "to", "weekends"),
    "pod-size": ("min", "max"),
    "volume-guard": ("per_person_per_day",),
    "session-gap": ("min", "max"),
    "notice": ("min",),
    "coach-load": ("max_pods", "max_sessions_per_day"),
    "timezone-overlap": ("min",),
}
"""Keys of the terms that are changed, by kind."""
JUDGING = frozenset(
    {
        "apart", "blackout", "coach-accredited", "coach-load", "holidays", "pod-size", "require", "same",
        "session-gap", "session-pattern", "session-window", "timezone-overlap", "together",
    }
)  # fmt: skip
"""Kinds that refuse a change while they are inflexible."""


def rule_mutants(shop: Workshop) -> Iterator[Mutant]:
    """Yield every mutant of every watched rule, of what the rule file itself says of it."""
    for rule in shop.prepared.ruleset.rules.values():
        for key in WATCHED.get(rule.kind, ()):
            yield from _numbers(shop, rule, key)
        place = _written(shop, rule, "flexibility")
        if place and rule.inflexible and rule.kind in JUDGING:
            yield _mutant(shop, rule, "flexibility", "flexible", place, inflexible=False)
        if isinstance(rule.terms, Require):
            yield from _requires(shop, rule, rule.terms)
        if isinstance(rule.terms, AttendanceStatus):
            yield from _statuses(shop, rule, rule.terms)


def _written(shop: Workshop, rule: Rule, key: str) -> Place | None:
    place = rule.places.get(key)
    return place if place is not None and shop.is_own(place) else None


def _mutant(shop: Workshop, rule: Rule, key: str, value: object, place: Place, **changes: object) -> Mutant:
    return Mutant(
        name=f"{rule.id}: {key} {value}",
        owner=rule.id,
        what=f"`{key}` becomes {value}",
        place=place,
        hint=f"no test stands where {rule.id!r} with {key} = {value} says otherwise",
        make=partial(shop.with_rule, rule.id, **changes),
    )


def _numbers(shop: Workshop, rule: Rule, key: str) -> Iterator[Mutant]:
    written = key.strip("_")
    place, value = _written(shop, rule, written), getattr(rule.terms, key)
    for other in _near(value) if place and value is not None else ():
        terms = rule.terms.model_copy(update={key: other})
        if _is_possible(terms):
            yield _mutant(shop, rule, written, _text(other), place or rule.place, terms=terms)


def _is_possible(terms: Any) -> bool:
    """Tell whether the terms could be written so: what must rise does."""
    low, high = getattr(terms, "min", None), getattr(terms, "max", None)
    if isinstance(low, Span) and isinstance(high, Span):
        return low.days <= high.days
    if isinstance(low, int) and isinstance(high, int):
        return low <= getattr(terms, "target", low) <= high
    return True


def _near(value: object) -> Iterator[object]:
    """Yield the neighbours of *value*: one step down, one up, or the other one."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (each for each in (value - 1, value + 1) if each > 0)
    elif isinstance(value, Span):
        yield from (Span(count, value.unit) for count in (value.count - 1, value.count + 1) if count > 0)
    elif isinstance(value, Fraction):
        yield from (share for share in (value - TENTH, value + TENTH) if 0 <= share <= 1)
    elif isinstance(value, time):
        yield from (value.replace(hour=(value.hour + step) % 24) for step in (-1, 1))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return f"{float(value):.0%}"
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def _requires(shop: Workshop, rule: Rule, terms: Require) -> Iterator[Mutant]:
    for key in ("when", "require"):
        place = _written(shop, rule, key)
        sources = getattr(terms, key)
        several = (sources,) if isinstance(sources, str) else sources
        clauses = [Clause(source=source, place=place) for source in several] if place else []
        for changed in changed_clauses(shop, clauses):
            if changed.clauses or key == "when":
                update = {key: tuple(clause.source for clause in changed.clauses)}
                yield Mutant(
                    name=f"{rule.id}: {key} {changed.name}",
                    owner=rule.id,
                    what=changed.what,
                    place=changed.place,
                    hint=changed.hint,
                    make=partial(shop.with_rule, rule.id, terms=terms.model_copy(update=update)),
                )


def _statuses(shop: Workshop, rule: Rule, terms: AttendanceStatus) -> Iterator[Mutant]:
    for status, meaning in terms.statuses.items():
        place = _written(shop, rule, status)
        for key in ("counts", "present") if place else ():
            value = not getattr(meaning, key)
            if meaning.counts or key == "counts":  # where nothing counts, being there does not matter
                other = {**terms.statuses, status: meaning.model_copy(update={key: value})}
                told = f"{status}.{key}"
                changed = AttendanceStatus(other)
                yield _mutant(shop, rule, told, _text(value), place or rule.place, terms=changed)
