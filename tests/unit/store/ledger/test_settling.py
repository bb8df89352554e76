"""What became of a row."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from convener.model import DispatchState
from convener.store import Entry, Settled, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
READY, RETRY, SENDING, SENT = DispatchState.READY, DispatchState.RETRY, DispatchState.SENDING, DispatchState.SENT
Make = Callable[..., Entry]


def _states(store: Store) -> dict[str, DispatchState]:
    with store.begin() as tx:
        return {row.dispatch.slot: row.state for row in tx.ledger()}


def test_only_the_owner_settles(store: Store, entry: Make) -> None:
    """Who lost a row, or never had it, changes nothing; who has it settles it once."""
    told = [Settled(entry()[0].key, SENT), Settled("nothing", SENT)]
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        assert set() == tx.settle_many("one", told, at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert set() == tx.settle_many("two", told, at=NOON)
        assert {told[0].key} == tx.settle_many("one", told, at=NOON)
        assert set() == tx.settle_many("one", [Settled(told[0].key, DispatchState.FAILED)], at=NOON)
        (row,) = tx.ledger()

    assert (SENT, NOON, 1) == (row.state, row.settled, row.attempts)


def test_a_group_is_settled_each_in_its_own_way(store: Store, entry: Make) -> None:
    """State, error and next attempt are those told for the row."""
    keys = {slot: entry(slot)[0].key for slot in "abcd"}
    with store.begin() as tx:
        tx.add([entry(slot) for slot in keys], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=9, owner="one")
        told = [
            Settled(keys["a"], SENT),
            Settled(keys["b"], SENT),
            Settled(keys["c"], RETRY, "451", NOON + LEASE),
            Settled(keys["d"], DispatchState.IN_DOUBT, "cut"),
        ]
        assert set(keys.values()) == tx.settle_many("one", told, at=NOON)
        found = {row.dispatch.slot: (row.state, row.error, row.not_before, row.settled) for row in tx.ledger()}

    assert {
        "a": (SENT, "", None, NOON),
        "b": (SENT, "", None, NOON),
        "c": (RETRY, "451", NOON + LEASE, None),
        "d": (DispatchState.IN_DOUBT, "cut", None, NOON),
    } == found


def test_a_retry_waits_for_its_time(store: Store, entry: Make) -> None:
    """What is to be tried again is claimed again when that time has come, and its attempts add up."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        tx.settle_many("one", [Settled(key, RETRY, "451", NOON + LEASE)], at=NOON)
        assert [] == tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        (row,) = tx.ledger(states=[RETRY])
        (claim,) = tx.claim(NOON + LEASE, lease=LEASE, limit=1, owner="one")

    assert ("451", None, NOON + LEASE) == (row.error, row.settled, row.not_before)
    assert (2, "<2027-01-15T09:00@convener>") == (claim.row.attempts, claim.row.message_id)


def test_what_was_not_on_the_wire_is_given_back(store: Store, entry: Make) -> None:
    """It may go at once, and its attempt does not count."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        tx.settle_many("one", [Settled(key, READY, counted=False)], at=NOON)
        (claim,) = tx.claim(NOON, lease=LEASE, limit=1, owner="two")

    assert (1, SENDING) == (claim.row.attempts, claim.row.state)


def test_a_person_overrules_what_is_not_being_sent(store: Store, entry: Make) -> None:
    """A doubtful or failed row goes where a person says; one on the wire is left alone."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert not tx.overrule(key, READY, at=NOON)
        tx.settle_many("one", [Settled(key, DispatchState.IN_DOUBT)], at=NOON)

        assert tx.overrule(key, READY, at=NOON)
        assert not tx.overrule("nothing", READY, at=NOON)
        assert [(None, 0)] == [(row.settled, row.attempts) for row in tx.ledger(states=[READY])]


@pytest.mark.parametrize(
    ("where", "off"),
    [({"session": "care/tyne/1"}, {"a", "b"}), ({"recipient": "E-002"}, {"b", "c"}), ({}, {"a", "b", "c"})],
)
def test_what_was_not_sent_is_called_off(store: Store, entry: Make, where: dict[str, str], off: set[str]) -> None:
    """By session, by recipient or altogether; what is sent or sending stays (P3)."""
    others = {"session": "care/tyne/2", "subject": "care/tyne/2", "recipient": "E-002"}
    with store.begin() as tx:
        tx.add([entry("sent", due=NOON - LEASE)], at=NOON)
        tx.claim(NOON - LEASE, lease=LEASE, limit=1, owner="one")
        tx.add([entry("a"), entry("b", recipient="E-002", state=DispatchState.HELD), entry("c", **others)], at=NOON)
        tx.add([entry("abroad", client="south")], at=NOON)

        assert len(off) == tx.call_off("north", "care", **where, at=NOON)
    assert off == {slot for slot, state in _states(store).items() if state is DispatchState.CANCELLED}


def test_what_speaks_of_one_person_alone_is_called_off_with_them(store: Store, entry: Make) -> None:
    """Mail to a manager about a person who left goes no more; about several it does (P3)."""
    about = {"alone": ("E-001",), "both": ("E-001", "E-002"), "other": ("E-002",)}
    with store.begin() as tx:
        tx.add([entry(slot, recipient="E-009", people=people) for slot, people in about.items()], at=NOON)

        assert 1 == tx.call_off("north", "care", recipient="E-001", at=NOON)
    assert {"alone": DispatchState.CANCELLED, "both": READY, "other": READY} == _states(store)


def test_a_held_row_names_the_rule_and_waits(store: Store, entry: Make) -> None:
    """Nobody claims it until a person lets it go; then nothing is said against it any more (N7)."""
    held = entry("a", state=DispatchState.HELD)
    key = held[0].key
    with store.begin() as tx:
        tx.add([held], at=NOON, held={key: "sane-volume"})
        waiting = tx.row(key)
        assert [] == tx.claim(NOON, lease=LEASE, limit=10, owner="one")
        tx.overrule(key, READY, at=NOON)
        (claim,) = tx.claim(NOON, lease=LEASE, limit=10, owner="one")

    assert waiting is not None
    assert (DispatchState.HELD, "sane-volume") == (waiting.state, waiting.error)
    assert (SENDING, "") == (claim.row.state, claim.row.error)
