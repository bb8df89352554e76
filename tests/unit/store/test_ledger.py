"""The ledger."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from convener.model import Dispatch, DispatchState, Parcel
from convener.store import Entry, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
READY, RETRY, SENDING, SENT = DispatchState.READY, DispatchState.RETRY, DispatchState.SENDING, DispatchState.SENT
Make = Callable[..., Entry]


def _states(store: Store) -> dict[str, DispatchState]:
    with store.begin() as tx:
        return {row.dispatch.slot: row.state for row in tx.ledger()}


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


def test_due_rows_are_claimed_once(store: Store, entry: Make) -> None:
    """A claim takes what is due, earliest first, up to its limit; the next one takes the rest."""
    early, late = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
    with store.begin() as tx:
        tx.add([entry("b"), entry("a", due=early), entry("c", due=late), (entry("d")[0], None, READY)], at=NOON)
        tx.add([entry("e", state=DispatchState.HELD), entry("f", state=DispatchState.MISSED)], at=NOON)
    with store.begin() as tx:
        (first,) = tx.claim(NOON, lease=LEASE, limit=1, owner="one")
    with store.begin() as tx:
        rest = tx.claim(NOON, lease=LEASE, limit=10, owner="two")
        again = tx.claim(NOON, lease=LEASE, limit=10, owner="one")

    assert ("a", SENDING, 1, "one", NOON + LEASE) == (
        first.row.dispatch.slot,
        first.row.state,
        first.row.attempts,
        first.owner,
        first.leased_until,
    )
    assert {"b": "soon", "d": None} == {c.row.dispatch.slot: c.parcel.text if c.parcel else None for c in rest}
    assert [] == again


def test_a_row_past_its_use_is_missed(store: Store, entry: Make) -> None:
    """A reminder for a past session is recorded, never sent (P3, P7)."""
    with store.begin() as tx:
        tx.add([entry("past", not_after=NOON - LEASE), entry("just", not_after=NOON)], at=NOON)
        claims = tx.claim(NOON, lease=LEASE, limit=10, owner="one")

    assert ["just"] == [claim.row.dispatch.slot for claim in claims]
    assert {"past": DispatchState.MISSED, "just": SENDING} == _states(store)


def test_only_the_owner_settles(store: Store, entry: Make) -> None:
    """Who lost a row, or never had it, changes nothing; who has it settles it once."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        assert not tx.settle(key, SENT, at=NOON, owner="one")
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert not tx.settle(key, SENT, at=NOON, owner="two")
        assert tx.settle(key, SENT, at=NOON, owner="one", message_id="<sent@convener>")
        assert not tx.settle(key, DispatchState.FAILED, at=NOON, owner="one")
        (row,) = tx.ledger()

    assert (SENT, NOON, "<sent@convener>") == (row.state, row.settled, row.message_id)


def test_a_retry_waits_for_its_time(store: Store, entry: Make) -> None:
    """What is to be tried again is claimed again when that time has come, and its attempts add up."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        tx.settle(key, RETRY, at=NOON, owner="one", error="451", not_before=NOON + LEASE)
        assert [] == tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        (row,) = tx.ledger(states=[RETRY])
        (claim,) = tx.claim(NOON + LEASE, lease=LEASE, limit=1, owner="one")

    assert ("451", None, NOON + LEASE) == (row.error, row.settled, row.not_before)
    assert (2, "<2027-01-15T09:00@convener>") == (claim.row.attempts, claim.row.message_id)


def test_ended_leases_are_listed_and_settled(store: Store, entry: Make) -> None:
    """A row whose sender died is found after its lease, not before, and settled in the dead one's name."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
    with store.begin() as tx:
        assert [] == tx.expired(NOON + LEASE / 2)
        (claim,) = tx.expired(NOON + LEASE)
        assert tx.settle(key, DispatchState.IN_DOUBT, at=NOON + LEASE, owner=claim.owner)
        assert [] == tx.expired(NOON + LEASE)

    assert {"2027-01-15T09:00": DispatchState.IN_DOUBT} == _states(store)


def test_a_lease_can_be_renewed_by_its_owner(store: Store, entry: Make) -> None:
    """A long call keeps its row; a stranger cannot keep it."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")

        assert tx.renew(key, until=NOON + 2 * LEASE, owner="one")
        assert not tx.renew(key, until=NOON + 9 * LEASE, owner="two")
        assert [] == tx.expired(NOON + LEASE)
        assert [key] == [claim.row.dispatch.key for claim in tx.expired(NOON + 2 * LEASE)]


def test_a_person_overrules_what_is_not_being_sent(store: Store, entry: Make) -> None:
    """A doubtful or failed row goes where a person says; one on the wire is left alone."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert not tx.overrule(key, READY, at=NOON)
        tx.settle(key, DispatchState.IN_DOUBT, at=NOON, owner="one")

        assert tx.overrule(key, READY, at=NOON)
        assert not tx.overrule("nothing", READY, at=NOON)
        assert [None] == [row.settled for row in tx.ledger(states=[READY])]


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


def test_what_a_change_called_off_can_be_wanted_again(store: Store, entry: Make) -> None:
    """A session that moves within its day keeps its reminder; what a person cancelled stays cancelled (P3)."""
    with store.begin() as tx:
        tx.add([entry("kept"), entry("stopped")], at=NOON)
        tx.overrule(entry("stopped")[0].key, DispatchState.CANCELLED, at=NOON)
        tx.call_off("north", "care", at=NOON)

        assert {entry("stopped")[0].key} == tx.known([entry("kept")[0].key, entry("stopped")[0].key])
        assert 1 == tx.add([entry("kept", reason="again"), entry("stopped")], at=NOON)
    assert {"kept": READY, "stopped": DispatchState.CANCELLED} == _states(store)


def test_the_next_delivery_is_the_earliest_that_waits(store: Store, entry: Make) -> None:
    """A daemon that knows it can sleep until then."""
    with store.begin() as tx:
        assert None is tx.next_delivery()
        tx.add([entry("late", due=NOON + LEASE), entry("soon", due=NOON)], at=NOON)

        assert NOON == tx.next_delivery()
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert NOON + LEASE == tx.next_delivery()


def test_one_row_is_found_by_its_key(store: Store, entry: Make) -> None:
    """A key names one dispatch or none."""
    with store.begin() as tx:
        tx.add([entry("a")], at=NOON)

        assert tx.row("nothing") is None
        found = tx.row(entry("a")[0].key)
    assert found is not None
    assert "a" == found.dispatch.slot


def test_threads_never_claim_the_same_row(store: Store, entry: Make) -> None:
    """Four senders at once take every row, and none twice (fault 5)."""
    with store.begin() as tx:
        tx.add([entry(str(number)) for number in range(200)], at=NOON)
    taken: Counter[str] = Counter()
    lock = threading.Lock()

    def send(owner: str) -> None:
        while True:
            with store.begin() as tx:
                claims = tx.claim(NOON, lease=LEASE, limit=7, owner=owner)
            with lock:
                taken.update(claim.row.dispatch.key for claim in claims)
            if not claims:
                return

    threads = [threading.Thread(target=send, args=(f"sender-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 200 == len(taken)
    assert {1} == set(taken.values())


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
