"""Registers kept between loads."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from convener.model import Dispatch, DispatchState, ProgrammeState, Register, event_of
from convener.store import Entry, Store
from convener.store.revisions import MOST, KeptRegisters

Make = Callable[..., Entry]


def saved(store: Store, empty: Register, rich: Register) -> Register:
    """Save *rich* and return it as loaded, and so kept."""
    with store.begin() as tx:
        tx.save(empty, rich)
    return loaded(store)


def loaded(store: Store, programme: str = "care") -> Register:
    """Return a register in a transaction of its own."""
    with store.begin() as tx:
        return tx.load("north", programme)


def test_what_did_not_change_is_not_read_again(store: Store, empty: Register, rich: Register) -> None:
    """The parts of two loads in a row are the same objects."""
    first = saved(store, empty, rich)

    assert first.people is loaded(store).people


def test_state_and_cursor_are_read_every_time(store: Store, empty: Register, rich: Register) -> None:
    """A tick that moves the cursor leaves the rest kept."""
    first = saved(store, empty, rich)
    with store.begin() as tx:
        before = tx.load("north", "care")
        tx.save(before, replace(before, state=ProgrammeState.CLOSED, cursor=None))
    again = loaded(store)

    assert (ProgrammeState.CLOSED, None) == (again.state, again.cursor)
    assert first.people is again.people


def test_another_process_is_seen(tmp_path: Path, url: str, empty: Register, rich: Register) -> None:
    """The revision stands in the database, so a change by somebody else makes a load read again."""
    mine, other = (Store.open(url, workspace=tmp_path) for _ in range(2))
    saved(mine, empty, rich)
    with other.begin() as tx:
        before = tx.load("north", "care")
        tx.save(before, replace(before, memberships=()))
    found = loaded(mine)
    mine.close()
    other.close()

    assert () == found.memberships


def save_and_fail(store: Store) -> None:
    """Save a register without memberships, load it, and fail before the end of the transaction."""
    with store.begin() as tx:
        before = tx.load("north", "care")
        tx.save(before, replace(before, memberships=()))
        assert () == tx.load("north", "care").memberships
        raise RuntimeError("stop")


def test_what_was_rolled_back_is_not_kept(store: Store, empty: Register, rich: Register) -> None:
    """A load after a write in a transaction that fails leaves nothing behind."""
    first = saved(store, empty, rich)
    with pytest.raises(RuntimeError, match="stop"):
        save_and_fail(store)
    with store.begin() as tx:
        before = tx.load("north", "care")
        tx.save(before, replace(before, coachings=()))

    assert (first.memberships, ()) == (loaded(store).memberships, loaded(store).coachings)


def test_a_person_changed_in_one_programme_is_seen_in_another(store: Store, empty: Register, rich: Register) -> None:
    """Programmes of a client share people."""
    saved(store, empty, rich)
    other = replace(rich, programme="lead", sessions={}, pods={}, attendance={}, polls={}, memberships=(), coachings=())
    with store.begin() as tx:
        tx.save(replace(empty, programme="lead"), other)
    before = loaded(store, "lead")
    renamed = replace(before.people["E-001"], name="Somebody Else")
    with store.begin() as tx:
        care = tx.load("north", "care")
        tx.save(care, replace(care, people={**care.people, "E-001": renamed}))

    assert "Somebody Else" == loaded(store, "lead").people["E-001"].name


def test_events_and_invites_are_seen(
    store: Store, empty: Register, rich: Register, invite: Callable[..., Dispatch]
) -> None:
    """What is appended, planned or called off shows at the next load."""
    first = saved(store, empty, rich)
    assert first.cursor is not None
    with store.begin() as tx:
        before = tx.load("north", "care")
        tx.save(before, before, [event_of("pods.accepted", "north/care", "care", at=first.cursor)])
    with store.begin() as tx:
        tx.add([(invite(0), None, DispatchState.READY)], at=first.cursor)
    invited = loaded(store)
    with store.begin() as tx:
        tx.call_off("north", "care", at=first.cursor)

    assert ["pods.accepted"] == [event.name for event in invited.events]
    assert [False] == [one.cancelled for one in invited.invites.values()]
    assert [True] == [one.cancelled for one in loaded(store).invites.values()]


def test_the_oldest_makes_room(empty: Register) -> None:
    """However many programmes there are, few are kept."""
    kept = KeptRegisters()
    for number in range(MOST + 1):
        kept.keep(("north", str(number)), 1, empty)

    assert None is kept.get(("north", "0"), 1)
    assert empty == kept.get(("north", str(MOST)), 1)
    assert None is kept.get(("north", str(MOST)), 2)
