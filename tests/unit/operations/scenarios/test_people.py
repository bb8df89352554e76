"""Names in what is given."""


def test_everybody_reports_to_and_sits_with_what_is_there(bench) -> None:
    """A manager, a pod and a coach that are not there are told with the nearest."""
    more = """\
[given.participants]
ann = { manager = "mai", pod = "nroth" }
[given.pods]
north = { coach = "coxx" }
"""
    told = bench.told(bench.head + more + bench.reminded.replace('["ann", "ben", "cat"]', '"ann"'))

    assert ["unknown-person", "unknown-pod", "unknown-person"] == [each.split()[1].strip(":") for each in told]


def test_sessions_have_numbers_and_people_statuses(bench) -> None:
    """What is no session, and a status that the client does not have, is told."""
    more = 'given.sessions = { x = "2027-03-09 09:00", 1 = { attendance = { ann = "here", zoe = "missed" } } }\n'
    told = bench.told(bench.head + bench.reminded.replace("until", f"{more}until"))

    assert {"bad-session", "unknown-status", "unknown-person"} == {each.split()[1].strip(":") for each in told}


def test_polls_are_those_of_the_rules(bench) -> None:
    """A poll that nobody asks cannot be open."""
    more = 'given.polls = [{ poll = "dates", who = "ann", opened = "2027-01-25 09:00" }]\n'

    assert "unknown-poll" in bench.told(bench.head + bench.reminded.replace("until", f"{more}until"))[0]


def test_one_name_is_one_person(bench) -> None:
    """Nobody is a participant and a coach under one name."""
    more = "given.coaches.ann = {}\n"

    assert "two-people" in bench.told(bench.head + bench.reminded.replace("until", f"{more}until"))[0]
