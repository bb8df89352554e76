"""The problem of rules that stand against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from pydantic import BaseModel

from convener.errors import Place, Problem, Severity
from convener.rulesets.ruleset import Rule

TermsT = TypeVar("TermsT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Party:
    """A rule and the key of it that stands against another."""

    rule: Rule
    key: str

    @property
    def place(self) -> Place:
        """Where the key was written, or the rule that leaves it at its default."""
        return self.rule.places.get(self.key, self.rule.place)

    def __str__(self) -> str:
        return f"rule {self.rule.id!r} ({self.place})"


def clash(text: str, *parties: Party, hint: str, certain: bool | None = None) -> Problem:
    """Return the problem *text* at the last of *parties*, which names the others with their places.

    It is an error when it is *certain* that nothing satisfies them: by default, when all of them are inflexible.
    """
    *others, last = parties
    against = f" against {' and '.join(dict.fromkeys(map(str, others)))}" if others else ""
    refused = all(party.rule.inflexible for party in parties) if certain is None else certain
    return Problem(
        code="contradiction",
        message=f"rule {last.rule.id!r}{against}: {text}",
        place=last.place,
        hint=hint,
        severity=Severity.ERROR if refused else Severity.WARNING,
    )


def of_kind(rules: dict[str, Rule], terms: type[TermsT]) -> list[tuple[Rule, TermsT]]:
    """Return the rules of one kind with their terms, lowest layer first."""
    return [(rule, rule.terms) for rule in rules.values() if isinstance(rule.terms, terms)]


def pairs_of(rules: dict[str, Rule], terms: type[TermsT]) -> Iterator[tuple[tuple[Rule, TermsT], tuple[Rule, TermsT]]]:
    """Yield every two rules of one kind."""
    yield from combinations(of_kind(rules, terms), 2)
