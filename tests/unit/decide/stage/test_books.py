"""The ledger of a stage."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from convener.decide import decide
from convener.decide.changes.outdated import Outdated
from convener.decide.stage.books import Books, Past
from convener.model import DispatchState, LedgerRow, Plan

MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)


def plan(world: Any) -> Plan:
    """Plan a reminder for each of three people."""
    prepared = world.prepared(world.automation("every monday at 09:00"))
    return decide(prepared, world.register(), MONDAY - timedelta(days=1), MONDAY)


def empty(world: Any, past: Past | None = None) -> Books:
    """Open the books."""
    return Books.of(past or Past(), world.register(), "Europe/London")


def test_what_is_written_is_known_and_goes_out_once_in_its_time(world: Any) -> None:
    """N6: the same key never comes twice; what is due later waits."""
    books, found, register = empty(world), plan(world), world.register()
    books.write(found, register)
    early = books.release(MONDAY - timedelta(seconds=1), register)
    sent, late = books.release(MONDAY, register)

    assert ((), ()) == early
    assert (["ann", "ben", "cat"], ()) == ([dispatch.recipient for dispatch in sent], late)
    assert (((), None)) == (books.unknown(found).dispatches, books.next_due)


def test_what_comes_too_late_is_missed(world: Any) -> None:
    """Past its use nothing is sent, and it no longer counts."""
    books, register = empty(world), world.register()
    found = plan(world)
    short = tuple(replace(dispatch, not_after=MONDAY + timedelta(hours=1)) for dispatch in found.dispatches)
    books.write(replace(found, dispatches=short), register)
    sent, late = books.release(MONDAY + timedelta(hours=2), register)

    assert ((), 3, 0) == (sent, len(late), books.tally.traffic(MONDAY).today)


def test_what_a_guard_holds_does_not_go(world: Any) -> None:
    """A held message is known, waits for a person and counts for nobody."""
    books, found, register = empty(world), plan(world), world.register()
    books.write(replace(found, held={found.dispatches[0].key: "volume"}), register)
    sent, _ = books.release(MONDAY, register)

    assert (["ben", "cat"], 2, 3) == (
        [d.recipient for d in sent], books.tally.traffic(MONDAY).today, len(books.known),
    )  # fmt: skip


def test_what_is_held_stays_flagged_until_it_is_called_off(world: Any) -> None:
    """N7: the guard is told at every decision what it holds, as the ledger tells it."""
    books, found, register = empty(world), plan(world), world.register()
    held = {found.dispatches[0].key: "volume"}
    books.write(replace(found, held=held), register)
    holding = books.traffic(MONDAY).held
    books.call_off(Outdated(session=""), register)

    assert (held, {}) == (holding, books.traffic(MONDAY).held)


def test_what_is_called_off_may_come_back(world: Any) -> None:
    """P3: what waits or is held and no longer true goes out of the books, key and all."""
    books, found, register = empty(world), plan(world), world.register()
    books.write(replace(found, held={found.dispatches[0].key: "volume"}), register)
    gone = books.call_off(Outdated(session=""), register)

    assert (3, set(), None) == (len(gone), books.known, books.next_due)
    assert (3, 0) == (len(books.unknown(found).dispatches), books.tally.traffic(MONDAY).today)


def test_the_books_go_on_where_the_ledger_stands(world: Any) -> None:
    """What was sent is known, what was not goes out, what a person holds does not, and all of it counts as it did."""
    states = (DispatchState.SENT, DispatchState.READY, DispatchState.HELD)
    rows = [LedgerRow(dispatch=d, state=s) for d, s in zip(plan(world).dispatches, states, strict=True)]
    books = empty(world, Past(ledger=rows, elsewhere={("ben@acme.example", "2027-01-04"): 1}))
    traffic = books.tally.traffic(MONDAY)

    assert ((), MONDAY) == (books.unknown(plan(world)).dispatches, books.next_due)
    assert ["ben"] == [dispatch.recipient for dispatch in books.release(MONDAY, world.register())[0]]
    assert (2, 2) == (traffic.today, traffic.per_day["ben@acme.example", "2027-01-04"])
