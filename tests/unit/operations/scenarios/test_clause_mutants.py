"""Mutants of a list of clauses."""

from convener.errors import Place
from convener.operations.scenarios.clause_mutants import changed_clauses
from convener.operations.scenarios.mutants import Workshop
from convener.rulesets.ruleset import Clause


def test_each_clause_is_left_out_and_changed(bench) -> None:
    """The others stay where they are."""
    suite = bench.suite(bench.reminded)
    place = Place(suite.rules, 3, 1)
    clauses = [Clause(source=source, place=place) for source in ("poll.open", "session.number == 2")]
    found = {
        each.name: [c.source for c in each.clauses]
        for each in changed_clauses(Workshop(suite.prepared, suite.rules), clauses)
    }

    assert ["session.number == 2"] == found["without poll.open"]
    assert ["poll.open", "session.number != 2"] == found["session.number != 2"]


def test_clauses_of_other_files_stay(bench) -> None:
    """They are tested beside the file they stand in."""
    suite = bench.suite(bench.reminded)
    elsewhere = [Clause(source="poll.open", place=Place("shipped/other.toml"))]

    assert [] == list(changed_clauses(Workshop(suite.prepared, suite.rules), elsewhere))
