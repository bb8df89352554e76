"""Mutants of a list of clauses: one of them changed, or left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convener.errors import Place
from convener.expressions import CATALOGUE, mutants
from convener.operations.scenarios.hints import clause_hint, dropped_hint
from convener.operations.scenarios.mutants import Workshop
from convener.rulesets.ruleset import Clause


@dataclass(frozen=True, slots=True)
class Changed:
    """A list of clauses with one small change."""

    name: str
    what: str
    place: Place
    hint: str
    clauses: tuple[Clause, ...]


def changed_clauses(shop: Workshop, clauses: Sequence[Clause]) -> Iterator[Changed]:
    """Yield every small change of *clauses*, of those that the rule file itself says."""
    catalogue = {**CATALOGUE, **{name: each.fact for name, each in shop.prepared.extensions.facts.items()}}
    for index, clause in enumerate(clauses):
        if not shop.is_own(clause.place):
            continue
        before, after = tuple(clauses[:index]), tuple(clauses[index + 1 :])
        yield Changed(
            f"without {clause.source}",
            f"without the clause {clause.source!r}",
            clause.place,
            dropped_hint(clause.source),
            (*before, *after),
        )
        for mutant in mutants(clause.source, catalogue):
            yield Changed(
                mutant.source,
                f"{mutant.what} in {clause.source!r}",
                clause.place,
                clause_hint(clause.source, mutant.source),
                (*before, replace(clause, source=mutant.source), *after),
            )
