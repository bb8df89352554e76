"""Everything that is found out about one rule file, and the tests of the shipped rules themselves."""

from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.operations.rules import RuleBook
from convener.operations.scenarios import examine, suite_names

SHIPPED = Path(str(bundled("rulesets"))).parent
NAMES = ("brightwater", "northern-health", "small-group-coaching")


def test_every_shipped_rule_file_has_tests() -> None:
    """The pack and both examples."""
    assert NAMES == suite_names(SHIPPED)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_tests_pass(name: str) -> None:
    """What the shipped rules say they do, they do (N2)."""
    found = examine(RuleBook.of(SHIPPED, None), name)

    assert ((), ()) == (found.problems, found.failed)
    assert found.outcomes


def test_a_wrong_file_runs_nothing(bench) -> None:
    """Its problems are all there is."""
    bench.write("house.test.toml", bench.head)
    found = examine(bench.book, "house", coverage=True, mutation=True)

    assert ((), None, None, False) == (found.outcomes, found.coverage, found.mutation, found.is_clean)
    assert found.problems


def test_mutants_wait_for_tests_that_pass(bench) -> None:
    """A test that fails without any change cannot judge one; coverage is told all the same."""
    bench.write("house.test.toml", bench.head + bench.reminded.replace("03-05 09:00", "03-05 10:00"))
    found = examine(bench.book, "house", coverage=True, mutation=True)

    assert (1, None) == (len(found.failed), found.mutation)
    assert found.coverage is not None


def test_survivors_are_not_clean(bench) -> None:
    """With --mutate the tests are judged too."""
    bench.write("house.test.toml", bench.head + bench.reminded)
    told: list[str] = []

    assert examine(bench.book, "house").is_clean
    assert not examine(bench.book, "house", mutation=True, tell=lambda words, _, __: told.append(words)).is_clean
    assert {"house: tests", "house: mutants"} == set(told)
