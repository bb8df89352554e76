"""Running a test on a stage of its own."""

from convener.operations.scenarios.running import fails, run_scenario


def test_what_is_expected_passes(bench) -> None:
    """Everything that goes out is expected, and all that is expected goes out (N2)."""
    assert bench.run(bench.reminded).passed


def test_a_test_is_the_same_each_time(bench) -> None:
    """Nothing of one run is left for the next."""
    suite = bench.suite(bench.reminded)
    outcomes = [run_scenario(suite.prepared, suite.scenarios[0]) for _ in range(2)]

    assert outcomes[0] == outcomes[1]


def test_another_time_is_told_as_what_came_instead(bench) -> None:
    """The expectation is named with its place, and what the same person got instead."""
    outcome = bench.run(bench.reminded.replace("03-05 09:00", "03-05 10:00").replace('["ann", "ben", "cat"]', '"ann"'))
    first = outcome.failures[0]

    assert (11, "expected and not there: remind to ann, at Fri 2027-03-05 10:00") == (first.place.line, first.text)
    assert "instead: remind: reminder to ann, at Fri 2027-03-05 09:00 GMT" in first.details[0]


def test_what_nobody_expects_is_a_failure(bench) -> None:
    """The whole set is compared, so one message too many fails the test."""
    outcome = bench.run(bench.reminded.replace('["ann", "ben", "cat"]', '["ann", "ben"]'))

    assert 1 == len(outcome.failures)
    assert outcome.failures[0].text.startswith("not expected, and goes out: remind: reminder to cat, at Fri 2027-03-05")


def test_what_comes_after_the_last_look_is_not_expected(bench) -> None:
    """A test that looks at what is sent looks at all of it."""
    test = """\
[[tests]]
name = "too early"
of = "remind"
steps = [{ at = "Thu 2027-03-04 09:00", sent = [] }]
until = "Tue 2027-03-09 09:00"
missed = []
"""
    outcome = bench.run(test)

    assert 3 == len(outcome.failures)


def test_a_change_is_refused_by_the_rules_that_are_named(bench) -> None:
    """`refused` names every inflexible rule that stands against it; the test fails for any other."""
    test = """\
[[tests]]
name = "gap"
of = "gap"
steps = [{ at = "Mon 2027-02-01 09:00", session = { which = 2, to = "2027-02-10 09:00" }, refused = "gap" }]
"""

    unlooked = test.replace(', refused = "gap"', ", noted = []")

    assert bench.run(test).passed
    assert bench.run(unlooked).failures[0].text.startswith("refused by gap")
    assert "it was by no rule" in bench.run(test.replace("02-10", "03-11")).failures[0].text


def test_what_cannot_happen_is_a_failure(bench) -> None:
    """Someone who has left cannot leave again; the step says so."""
    test = """\
[[tests]]
name = "twice"
of = "remind"
steps = [
  { at = "Mon 2027-02-01 09:00", withdraw = "ann" },
  { at = "Mon 2027-02-01 10:00", withdraw = "ann" },
]
until = "Tue 2027-02-02 09:00"
sent = []
"""
    failure = bench.run(test).failures[0]

    assert (12, True) == (failure.place.line, failure.text.startswith("cannot happen: 'ann' is not enrolled"))


def test_flags_that_stand_are_compared(bench) -> None:
    """A flag is expected by its rule, whom it is about and how bad it is."""
    test = """\
[[tests]]
name = "floor"
of = "floor"
given.now = "Wed 2027-02-10 08:00"
given.sessions.1 = { starts = "Tue 2027-02-09 09:00", attendance = { ann = "missed", ben = "attended" } }
until = "Wed 2027-02-10 09:00"
flags = [{ about = "ann", severity = "low" }]
"""

    assert bench.run(test).passed
    assert (
        "expected and not there: high flag of floor about ann"
        == bench.run(test.replace("low", "high")).failures[0].text
    )


def test_haste_comes_to_the_same(bench) -> None:
    """A test left at the first sign of a failure fails exactly when the whole of it does."""
    tests = [
        bench.reminded,
        *(bench.reminded.replace("03-05 09:00", other) for other in ("03-05 10:00", "03-04 09:00")),
    ]
    suites = [bench.suite(test.replace("Fri ", "")) for test in tests]
    whole = [not run_scenario(suite.prepared, suite.scenarios[0]).passed for suite in suites]

    assert whole == [fails(suite.prepared, suite.scenarios[0]) for suite in suites]
    assert [False, True, True] == whole


def test_a_register_speaks_of_the_others_too(bench) -> None:
    """`others` is the status of every member who is not named; managers hear of those who were there."""
    test = """\
[[tests]]
name = "toolkit"
of = "toolkit"
steps = [
  { at = "Tue 2027-02-09 12:00", attendance = { session = 1, statuses = { ben = "missed" }, others = "attended" } },
]
until = "Wed 2027-02-10 09:00"
sent = [
  { to = "mia", at = "Tue 2027-02-09 14:00", speaks_of = "ann" },
  { to = "max", at = "Tue 2027-02-09 14:00", speaks_of = "cat" },
]
"""

    assert bench.run(test).passed
    assert {"toolkit"} == bench.run(test).fired
