"""Turning tables into tests that can run."""


def test_names_that_are_not_there_are_told_with_the_nearest(bench) -> None:
    """People, channels, things to send and automations: each with line, column and cure."""
    text = bench.head + bench.reminded.replace('["ann", "ben", "cat"]', '["ann", "bne"]').replace(
        'at = "Fri', 'via = ["emial"], what = "remider", about = "nroth/2", at = "Fri'
    )

    assert [
        "11:24 unknown-subject: there is no person, pod or session 'bne' here; did you mean 'ben'?",
        "11:39 unknown-channel: there is no channel 'emial' here; did you mean 'email'?",
        "11:56 unknown-thing-to-send: there is no thing to send 'remider' here; did you mean 'reminder'?",
        "11:75 unknown-subject: there is no person, pod or session 'nroth/2' here; did you mean 'north/2'?",
    ] == bench.told(text)


def test_a_test_of_several_says_of_which(bench) -> None:
    """Each expectation names its automation where the test is of more than one."""
    text = bench.head + bench.reminded.replace('of = "remind"', 'of = ["remind", "toolkit"]')

    assert ["11:9 missing-key: the test is of several and this does not say of which"] == [
        told.partition(";")[0] for told in bench.told(text)
    ]


def test_steps_stand_in_order_of_time(bench) -> None:
    """A step before the one above it, or before the test begins, is refused."""
    steps = 'steps = [{ at = "2027-02-03 09:00", withdraw = "ann" }, { at = "2027-02-02 09:00", withdraw = "ben" }]\n'
    told = bench.told(bench.head + bench.reminded.replace("until", f"{steps}until"))

    assert ["out-of-order"] == [each.split()[1].strip(":") for each in told]


def test_two_tests_of_one_name_are_refused(bench) -> None:
    """A name says which test failed."""
    told = bench.told(bench.head + bench.reminded + bench.reminded)

    assert ["13:8 same-name: another test is called 'reminded' (rulesets/house.test.toml:7:3)"] == told


def test_what_is_switched_off_can_be_expected_to_be_silent(bench) -> None:
    """An automation that a client switches off is still a name."""
    test = '[[tests]]\nname = "off"\nof = "toolkit"\nuntil = "Tue 2027-03-09 09:00"\nsent = []\n'

    assert bench.run(test, "acme").passed


def test_moments_are_those_of_the_programme(bench) -> None:
    """A step's `at` is on the programme's wall clock."""
    scenario = bench.scenario(bench.reminded)

    assert "2027-03-09T09:00:00+00:00" == scenario.steps[-1].at.isoformat()
    assert "2027-02-01T08:00:00+00:00" == scenario.starts.isoformat()


def test_an_unknown_rule_cannot_refuse(bench) -> None:
    """`refused` names rules that there are."""
    step = 'steps = [{ at = "2027-02-03 09:00", withdraw = "ann", refused = "gapp" }]\n'
    told = bench.told(bench.head + bench.reminded.replace("until", f"{step}until"))

    assert ["unknown-rule: there is no rule 'gapp' here; did you mean 'gap'?"] == [t.partition(" ")[2] for t in told]
