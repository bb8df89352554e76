"""New rows: those whose key is new."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from convener.model import Dispatch, DispatchState, Parcel
from convener.store import Entry, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
READY = DispatchState.READY
Make = Callable[..., Entry]


def test_adding_again_inserts_none(store: Store, entry: Make) -> None:
    """Whatever is planned twice is in the ledger once, as it was first (P2)."""
    entries = [entry(str(number)) for number in range(2500)]
    with store.begin() as tx:
        assert 2500 == tx.add(entries, at=NOON)
    changed = [entry(str(number), state=DispatchState.HELD, reason="again") for number in range(2500)]
    with store.begin() as tx:
        assert 0 == tx.add([*changed, *changed], at=NOON + LEASE)
        assert 1 == tx.add([entry("new"), entry("new")], at=NOON)
        assert {READY} == {row.state for row in tx.ledger()}


def test_known_keys_are_told(store: Store, entry: Make) -> None:
    """Only those asked for, only those there."""
    with store.begin() as tx:
        tx.add([entry("a"), entry("b")], at=NOON)

        assert {entry("a")[0].key} == tx.known([entry("a")[0].key, "nothing/of/the/kind"])
        assert set() == tx.known([])


def test_a_row_comes_back_whole(store: Store, invite: Callable[..., Dispatch], parcel: Parcel) -> None:
    """Dispatch and parcel survive, invites and attachments included."""
    wanted = replace(invite(2), people=("E-001", "E-002"), attach=("kit.pdf",), poll="pulse", not_after=NOON)
    with store.begin() as tx:
        tx.add([(wanted, parcel, READY)], at=NOON)
        (row,) = tx.ledger(client="north", programme="care", states=[READY], person="E-001")

        assert (wanted, READY, 0, "<1@convener>") == (row.dispatch, row.state, row.attempts, row.message_id)
        assert parcel == tx.parcel(wanted.key)
        assert None is tx.parcel("nothing")
        assert [] == tx.ledger(person="somebody else")
        assert [] == tx.ledger(client="south")


def test_what_a_change_called_off_can_be_wanted_again(store: Store, entry: Make) -> None:
    """A session that moves within its day keeps its reminder; what a person cancelled stays cancelled (P3)."""
    with store.begin() as tx:
        tx.add([entry("kept"), entry("stopped")], at=NOON)
        tx.overrule(entry("stopped")[0].key, DispatchState.CANCELLED, at=NOON)
        tx.call_off("north", "care", at=NOON)

        assert {entry("stopped")[0].key} == tx.known([entry("kept")[0].key, entry("stopped")[0].key])
        assert 1 == tx.add([entry("kept", reason="again"), entry("stopped")], at=NOON)
    with store.begin() as tx:
        assert {"kept": READY, "stopped": DispatchState.CANCELLED} == {
            row.dispatch.slot: row.state for row in tx.ledger()
        }
