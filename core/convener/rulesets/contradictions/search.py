"""Looks for contradictions everywhere and in each pod with rules of its own."""

from collections.abc import Callable, Iterator, Mapping

from convener.errors import Problem
from convener.rulesets.contradictions import dates, oversight, people
from convener.rulesets.ruleset import Rule
from convener.rulesets.tables import ProgrammeTable

_OF_RULES: tuple[Callable[[dict[str, Rule]], Iterator[Problem]], ...] = (
    *people.FINDERS,
    *dates.FINDERS,
    *oversight.FINDERS,
)


def contradictions(
    rules: Mapping[str, Rule],
    pods: Mapping[str, tuple[Mapping[str, Rule], frozenset[str]]],
    programme: ProgrammeTable | None,
) -> list[Problem]:
    """Return what cannot hold together among *rules*, and in each of *pods* with its changed and dropped rules.

    *programme* is what the rules are for; None while its table is wrong or there is none.
    """
    found: dict[Problem, None] = {}
    effective = [dict(rules)]
    effective += [_without({**rules, **changed}, off) for changed, off in pods.values()]
    for each in effective:
        for finder in _OF_RULES:
            found.update(dict.fromkeys(finder(each)))
        if programme is not None:
            found.update(dict.fromkeys(dates.with_programme(each, programme)))
    return list(found)


def _without(rules: dict[str, Rule], off: frozenset[str]) -> dict[str, Rule]:
    return {name: rule for name, rule in rules.items() if name not in off}
