"""How events name people, pods and sessions."""

from dataclasses import replace

from convener.errors import Place
from convener.model import Person
from convener.operations.simulate.naming import EventReader, cast_of

PLACE = Place("events.toml", 3, 9)


def test_people_are_known_by_address_and_by_id(prepared, register) -> None:
    """Participants, managers and coaches each among their own."""
    cast = cast_of(prepared, register)

    assert ("1", "1") == (cast.people["ann@acme.example"], cast.people["1"])
    assert ("ann@acme.example", "1", "ben@acme.example") == cast.participants[:3]
    assert ("max@acme.example", "mia@acme.example") == cast.managers
    assert ("cox@coaches.example",) == cast.coaches


def test_pods_and_sessions_are_known_with_and_without_the_programme(prepared, register) -> None:
    """`north/1` and `lead/north/1` are the same session."""
    cast = cast_of(prepared, register)

    assert {"lead/north"} == {cast.pods["north"], cast.pods["lead/north"]}
    assert {"lead/north/1"} == {cast.sessions["north/1"], cast.sessions["lead/north/1"]}


def test_of_two_people_with_one_address_the_participant_is_meant(prepared, register) -> None:
    """Somebody who manages others may be a participant under another id."""
    boss = Person(id="ann@acme.example", name="Ann Hall", email="ann@acme.example")
    both = replace(register, people={**register.people, boss.id: boss})

    assert "1" == cast_of(prepared, both).people["ann@acme.example"]


def test_a_manager_may_be_known_or_new(prepared, register) -> None:
    """A known one keeps the name; a new one is called by the address; a word that is no address is refused."""
    reader = EventReader.of(prepared, register)

    assert ("Mo Day", "mia@acme.example") == reader.manager("mia@acme.example", PLACE)
    assert ("Zoe De Vries", "zoe.de_vries@acme.example") == reader.manager("zoe.de_vries@acme.example", PLACE)
    assert [] == reader.names.problems
    assert ("Zoe", "Zoe") == reader.manager("Zoe", PLACE)
    assert [("bad-address", PLACE)] == [(problem.code, problem.place) for problem in reader.names.problems]
