"""Saving the difference between two registers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from convener.errors import StoreError
from convener.model import Coach, Membership, Person, ProgrammeState, Register
from convener.store import Store


def test_rows_are_added_changed_and_removed(store: Store, empty: Register, rich: Register) -> None:
    """Whatever differs between before and after is what the database has afterwards."""
    ben = "ben@north.example"
    with store.begin() as tx:
        tx.save(empty, rich)
        before = tx.load("north", "care")
        moved = Membership(person=ben, pod="care/tyne", since=date(2027, 6, 1))
        after = replace(
            before,
            memberships=(*before.memberships[:-1], moved),
            people={**before.people, ben: replace(before.people[ben], name="Benedict")},
            polls={},
            coaches={key: coach for key, coach in before.coaches.items() if key.startswith("cat")},
            pods={"care/tyne": before.pods["care/tyne"]},
        )
        tx.save(before, after)

        assert after == tx.load("north", "care")


def test_everything_can_be_taken_back(store: Store, empty: Register, rich: Register) -> None:
    """Removing every part works in the order the keys demand; programme and state stay."""
    with store.begin() as tx:
        tx.save(empty, rich)
        tx.save(tx.load("north", "care", notes=True), empty)

        assert empty == tx.load("north", "care")


def test_only_what_differs_is_written(sqlite_store: Store, empty: Register, rich: Register) -> None:
    """A moved cursor is one statement, however large the register is."""
    with sqlite_store.begin() as tx:
        tx.save(empty, rich)
    seen: list[str] = []
    with sqlite_store.begin() as tx:
        before = tx.load("north", "care")
        event.listen(tx._connection, "before_cursor_execute", lambda *args: seen.append(args[2].split()[0]))  # noqa: SLF001 - counting statements needs the connection
        tx.save(before, replace(before, cursor=rich.cursor + timedelta(hours=1)))

    assert ["INSERT"] == seen


def test_a_person_is_shared_by_the_programmes_of_a_client(store: Store, empty: Register) -> None:
    """One changed address is changed everywhere; a person nobody knows any more is forgotten."""
    other = replace(empty, programme="leaders")
    ana = Person(id="E-001", name="Ana", email="ana@north.example")
    coach = Coach(id="E-001", years=1)
    with store.begin() as tx:
        for register in (empty, other):
            tx.save(register, replace(register, people={ana.id: ana}, coaches={ana.id: coach}))
        before = tx.load("north", "care")
        wed = replace(ana, email="ana.new@north.example")
        tx.save(before, replace(before, people={ana.id: wed}))
        assert wed == tx.load("north", "leaders").people["E-001"]
        tx.save(tx.load("north", "care"), empty)
        assert {"E-001": wed} == tx.load("north", "leaders").people
        tx.save(tx.load("north", "leaders"), other)
        tx.save(empty, replace(empty, people={ana.id: ana}))

        assert ana == tx.load("north", "care").people["E-001"]


def test_clients_do_not_share_people(store: Store, empty: Register) -> None:
    """Two clients may use the same id for two persons (fault 36)."""
    south = replace(empty, client="south")
    with store.begin() as tx:
        for register, name in ((empty, "Ana"), (south, "Anton")):
            person = Person(id="1", name=name, email=f"{name}@x.example")
            tx.save(register, replace(register, people={"1": person}))

        assert "Ana" == tx.load("north", "care").people["1"].name
        assert "Anton" == tx.load("south", "care").people["1"].name


def test_a_stale_register_is_refused(store: Store, empty: Register, rich: Register) -> None:
    """Who saves on top of an old reading is told so, and nothing is saved."""
    with store.begin() as tx:
        tx.save(empty, rich)
        old = tx.load("north", "care")
        tx.save(old, replace(old, polls={}))

    with pytest.raises(StoreError, match="somebody else"), store.begin() as tx:
        tx.save(old, replace(old, polls={}, state=ProgrammeState.CLOSED))
    with store.begin() as tx:
        assert ProgrammeState.LIVE == tx.load("north", "care").state
