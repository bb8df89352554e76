"""A test file as it is run."""


def test_a_suite_knows_whose_words_it_tests(bench) -> None:
    """Its name, its file and the rule file beside it."""
    suite = bench.suite(bench.reminded)

    assert ("house", "rulesets/house.test.toml", "rulesets/house.toml") == (suite.name, suite.file, suite.rules)


def test_expectations_stand_where_they_are_written(bench) -> None:
    """Each of them, and the list as a whole; places do not make two expectations differ."""
    expected = bench.scenario(bench.reminded).steps[-1].expected

    assert {"sent": 11} == {key: place.line for key, place in expected.places.items()}
    assert [11, 11, 11] == [wanted.place.line for wanted in expected.sent]
