"""Who is who in a test."""

from convener.operations.scenarios.cast import cast_of, sessions_of
from convener.operations.scenarios.givens import completed
from convener.operations.scenarios.tables import GivenTable, ParticipantTable, PodTable, SessionTable


def given(**more: object) -> GivenTable:
    """Return the usual people with *more*."""
    return completed(GivenTable(**more))  # type: ignore[arg-type]  # keys as tests name them


def test_managers_and_coaches_go_by_their_address() -> None:
    """Participants keep their name as id, as a roster's own id would be; all others are their address."""
    cast = cast_of(given(), "lead", ["lee@client.example"])

    assert {"ann": "ann", "mia": "mia@client.example", "cox": "cox@client.example"}.items() <= cast.people.items()
    assert "lee@client.example" == cast.people["lee@client.example"]


def test_a_number_is_a_session_of_every_pod() -> None:
    """With one pod the number is a name as well; with several the pod belongs to it."""
    one = given(sessions={"1": SessionTable()})
    two = one.model_copy(update={"pods": {"north": PodTable(), "south": PodTable()}})

    assert {"north/1": "lead/north/1", "1": "lead/north/1"} == cast_of(one, "lead", []).sessions
    assert {"north/1": "lead/north/1", "south/1": "lead/south/1"} == cast_of(two, "lead", []).sessions


def test_what_is_no_session_is_left_out() -> None:
    """Names that cannot be sessions are told elsewhere."""
    assert [] == sessions_of(given(sessions={"x": SessionTable(), "nowhere/1": SessionTable()}))


def test_an_id_is_shown_by_its_shortest_name() -> None:
    """A failure speaks of session 1, not of lead/north/1."""
    cast = cast_of(given(sessions={"1": SessionTable()}), "lead", [])

    assert ("1", "mia", "x") == (cast.name("lead/north/1"), cast.name("mia@client.example"), cast.name("x"))
    assert "ann, ben" == cast.names({"ben", "ann"})


def test_a_participant_may_manage_others() -> None:
    """They keep the id they have."""
    cast = cast_of(given(participants={"dan": ParticipantTable(manager="ann"), "ann": ParticipantTable()}), "lead", [])

    assert "ann" in cast.managers
