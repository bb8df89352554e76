"""What is given: the file, the test over it, and what is usual below both."""

from convener.operations.scenarios.givens import completed, laid
from convener.operations.scenarios.tables import GivenTable, ParticipantTable, PersonTable, SessionTable


def test_three_people_are_usual() -> None:
    """A test that says nothing of people has ann and ben who report to mia, cat who reports to max, and coach cox."""
    given = completed(GivenTable())

    assert {"ann": "mia", "ben": "mia", "cat": "max"} == {
        name: each.manager for name, each in given.participants.items()
    }
    assert (["mia", "max"], ["cox"], ["north"]) == (list(given.managers), list(given.coaches), list(given.pods))


def test_who_is_named_stands_in_for_the_usual() -> None:
    """Participants of the file's own replace the usual three; managers that are not there have nobody."""
    given = completed(GivenTable(managers={"moe": PersonTable()}))

    assert {None} == {each.manager for each in given.participants.values()}
    assert ["zoe"] == list(completed(GivenTable(participants={"zoe": ParticipantTable()})).participants)


def test_a_test_changes_key_by_key() -> None:
    """What a test says of one participant leaves the others, and the other keys of that one."""
    below = GivenTable(participants={"ann": ParticipantTable(manager="mia"), "ben": ParticipantTable()})
    above = GivenTable(participants={"ann": ParticipantTable(mobile=False), "dan": ParticipantTable()})
    found = laid(below, above).participants

    assert (["ann", "ben", "dan"], "mia", False) == (list(found), found["ann"].manager, found["ann"].mobile)


def test_another_kind_of_value_replaces() -> None:
    """A session written as a table replaces one written as a moment."""
    below = GivenTable.model_validate({"sessions": {"1": "2027-02-09 09:00"}})
    above = GivenTable(sessions={"1": SessionTable(status="unscheduled")})

    assert SessionTable(status="unscheduled") == laid(below, above).sessions["1"]
