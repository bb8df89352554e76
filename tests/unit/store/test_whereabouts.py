"""Where somebody is known, and which database this is."""

from dataclasses import replace
from pathlib import Path

from convener.model import Register
from convener.store import Store


def test_a_person_is_found_by_id_and_by_address(store: Store, empty: Register, rich: Register) -> None:
    """In every programme that knows them, letter case of the address aside."""
    with store.begin() as tx:
        tx.save(empty, rich)
        tx.save(replace(empty, programme="more"), replace(rich, programme="more", attendance={}, polls={}))

        assert ["north/care", "north/more"] == tx.scopes_of("ANA@north.example")
        assert ["north/care", "north/more"] == tx.scopes_of("E-001")
        assert [] == tx.scopes_of("nobody@north.example")


def test_a_changed_address_is_found(store: Store, empty: Register, rich: Register) -> None:
    """What is looked for is the address as it stands."""
    moved = {**rich.people, "E-001": replace(rich.people["E-001"], email="Ana@New.example")}
    with store.begin() as tx:
        tx.save(empty, rich)
        before = tx.load("north", "care")
        tx.save(before, replace(before, people=moved))

        assert ([], ["north/care"]) == (tx.scopes_of("ana@north.example"), tx.scopes_of("ana@new.example"))


def test_a_database_has_a_name_of_its_own(tmp_path: Path) -> None:
    """The same every time it is opened, and no other has it."""
    names: list[str] = []
    for folder in ("one", "one", "two"):
        store = Store.open("sqlite:///convener.db", workspace=tmp_path / folder)
        with store.begin() as tx:
            names.append(tx.instance())
        store.close()

    assert (names[0], True) == (names[1], names[0] != names[2])
