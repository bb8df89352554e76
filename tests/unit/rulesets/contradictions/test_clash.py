"""The problem of rules that stand against each other."""

import pytest

from convener.errors import Place
from convener.rulesets.contradictions.clash import Party, clash, of_kind, pairs_of
from convener.rulesets.kinds import MinimumGroup
from convener.rulesets.ruleset import Rule


def rule(name: str, *, inflexible: bool = True) -> Rule:
    """Return a rule written at the line of its name's length."""
    return Rule(
        id=name, kind="minimum-group", inflexible=inflexible, terms=MinimumGroup(min=3),
        place=Place("a.toml", len(name)), places={"min": Place("a.toml", len(name), 9)},
    )  # fmt: skip


def test_a_party_stands_where_its_key_was_written() -> None:
    """A key that is left at its default stands where the rule does."""
    assert [Place("a.toml", 2, 9), Place("a.toml", 2, 1)] == [Party(rule("ab"), key).place for key in ("min", "max")]


def test_the_last_party_has_the_problem_and_names_the_others_once() -> None:
    """Whoever wrote last can mend it."""
    problem = clash("they clash", Party(rule("a"), "min"), Party(rule("a"), "min"), Party(rule("bc"), "min"), hint="x")

    assert "rule 'bc' against rule 'a' (a.toml:1:9): they clash" == problem.message
    assert Place("a.toml", 2, 9) == problem.place


@pytest.mark.parametrize(
    ("inflexible", "certain", "severity"),
    [(True, None, "error"), (False, None, "warning"), (True, False, "warning"), (False, True, "error")],
)
def test_it_is_an_error_when_nothing_satisfies_them(inflexible: bool, certain: bool | None, severity: str) -> None:
    """By default, when all of them are inflexible."""
    parties = (Party(rule("a"), "min"), Party(rule("b", inflexible=inflexible), "min"))

    assert severity == clash("they clash", *parties, hint="x", certain=certain).severity


def test_rules_of_a_kind_come_in_twos() -> None:
    """Every two of them once, the lower layer first."""
    rules = {name: rule(name) for name in ("a", "b", "c")}

    assert ["a", "b", "c"] == [each.id for each, _ in of_kind(rules, MinimumGroup)]
    assert [("a", "b"), ("a", "c"), ("b", "c")] == [
        (one.id, other.id) for (one, _), (other, _) in pairs_of(rules, MinimumGroup)
    ]
