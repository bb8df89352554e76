"""Whether tests would notice (N2)."""

from convener.operations.scenarios.mutation import mutants_of, mutate

EQUIVALENT = """
[[equivalent]]
mutant = "remind: switched off"
because = "Nobody would ever notice that."
"""


def test_a_survivor_is_named_with_its_place_and_a_hint(bench) -> None:
    """No test lets a reminder come late, so nobody would miss it."""
    suite = bench.suite(bench.reminded)
    found = mutate(suite)
    survivors = {mutant.name: mutant for mutant in found.survivors}
    late = survivors["remind: without late"]

    assert ("rulesets/house.toml:29:1", True) == (str(late.place), "come late" in late.hint)
    assert "remind: session.number > 2" not in survivors
    assert found.mutants == found.killed + len(found.survivors)
    assert not found.is_clean


def test_progress_is_told(bench) -> None:
    """From nothing to all of them."""
    suite, told = bench.suite(bench.reminded), list[tuple[int, int]]()
    mutate(suite, lambda done, of: told.append((done, of)))
    count = len(mutants_of(suite))

    assert ((0, count), (count, count)) == (told[0], told[-1])


def test_an_explanation_stands_for_a_survivor(bench) -> None:
    """What is explained is not counted against the tests."""
    plain = mutate(bench.suite(bench.reminded))
    explained = EQUIVALENT.replace("remind: switched off", "remind: without late")
    found = mutate(bench.suite(bench.reminded, explained))

    assert ["remind: without late"] == [each.mutant for each in found.explained]
    assert len(plain.survivors) - 1 == len(found.survivors)
    assert found.percent >= plain.percent


def test_an_explanation_of_what_is_killed_is_a_problem(bench) -> None:
    """It explains nothing, and would hide a gap one day."""
    found = mutate(bench.suite(bench.reminded, EQUIVALENT))

    assert ["explains-nothing"] == [problem.code for problem in found.problems]
    assert ("rulesets/house.test.toml", 14) == (found.problems[0].place.file, found.problems[0].place.line)
