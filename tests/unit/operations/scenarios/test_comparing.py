"""Differences in words."""

from convener.errors import Place
from convener.operations.scenarios.comparing import compare_rules, noted_rules

PLACE = Place("x.test.toml", 3, 1)


def test_rules_that_refuse_are_compared_as_a_set() -> None:
    """The same rules in any order are as expected."""
    assert [] == compare_rules("refused", frozenset({"a", "b"}), frozenset({"b", "a"}), PLACE)


def test_the_rules_on_both_sides_are_named() -> None:
    """A failure says by which rule it should have been, and by which it was."""
    failure = compare_rules("refused", frozenset({"gap"}), frozenset(), PLACE)[0]

    assert (PLACE, "expected to be refused by gap; it was by no rule") == (failure.place, failure.text)


def test_notes_name_their_rule_at_their_end() -> None:
    """A change says which flexible rules it breaches; other notes name none."""
    notes = ["x lies on a Sunday (rule office-hours)", "they are in no pod yet"]

    assert {"office-hours"} == noted_rules(notes)
