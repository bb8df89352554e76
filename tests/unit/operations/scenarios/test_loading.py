"""Finding and loading the test files of a workspace."""

import pytest

from convener.errors import UsageError
from convener.operations.scenarios.loading import load_suite, problems_of, suite_names, wanted_suites


def test_test_files_are_found_by_the_name_of_their_rules(bench) -> None:
    """`rulesets/house.test.toml` holds the tests of `house`; without a name all of them are wanted."""
    bench.write("house.test.toml", bench.head + bench.reminded)
    bench.write("acme.test.toml", bench.head + bench.reminded)

    assert ("acme", "house") == suite_names(bench.folder) == wanted_suites(bench.folder, ())
    assert ("house",) == wanted_suites(bench.folder, ("house", "house"))


def test_a_name_without_tests_is_a_usage_error(bench) -> None:
    """The nearest name is told, or what file to write."""
    with pytest.raises(UsageError, match="there are no tests"):
        wanted_suites(bench.folder, ())
    bench.write("house.test.toml", bench.head + bench.reminded)

    with pytest.raises(UsageError) as caught:
        wanted_suites(bench.folder, ("hose",))

    assert "did you mean 'house'?" == caught.value.hint


def test_tests_without_rules_say_so(bench) -> None:
    """A test file whose rule file is not there has one problem, with the nearest name."""
    bench.write("hose.test.toml", bench.head + bench.reminded)
    problem = load_suite(bench.book, "hose").problems[0]

    assert ("missing-file", "did you mean 'house'?") == (problem.code, problem.hint)


def test_every_problem_comes_at_once_by_place(bench) -> None:
    """What is wrong in the tables is told together, each with line, column and cure (P18)."""
    text = bench.head.replace("now =", "noww =") + bench.reminded.replace("until", "untill")

    assert [
        "4:1 unknown-key: unknown key 'noww'; did you mean 'now'?",
        "10:1 unknown-key: unknown key 'untill'; did you mean 'until'?",
    ] == [told for told in bench.told(text) if "unknown-key" in told]


def test_wrong_rules_are_told_by_their_own_file(bench) -> None:
    """The tests of rules that cannot be loaded say why, and `check` tells that only once."""
    bench.write("house.toml", 'schema = 1\n[pack]\nid = "house"\nversion = "1.0.0"\n[rules.x]\nkind = "nothing"\n')
    loaded = bench.load(bench.head + bench.reminded)

    assert "rulesets/house.toml" == loaded.problems[0].place.file
    assert () == problems_of(bench.book)


def test_check_hears_of_wrong_tests(bench) -> None:
    """`problems_of` is what `check` asks, for all rule files or for one (R29)."""
    bench.write("house.test.toml", bench.head + bench.reminded.replace('"remind"', '"remnid"'))

    assert ["unknown-automation-or-rule"] == [problem.code for problem in problems_of(bench.book)]
    assert () == problems_of(bench.book, "acme")
