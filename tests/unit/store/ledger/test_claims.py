"""Claims: who sends what, until when."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from convener.model import DispatchState
from convener.store import Entry, Lane, Settled, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
READY, RETRY, SENDING, MISSED = DispatchState.READY, DispatchState.RETRY, DispatchState.SENDING, DispatchState.MISSED
Make = Callable[..., Entry]


def _states(store: Store) -> dict[str, DispatchState]:
    with store.begin() as tx:
        return {row.dispatch.slot: row.state for row in tx.ledger()}


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


def test_a_claim_can_be_narrowed_to_a_lane(store: Store, entry: Make) -> None:
    """One client through one connector, so that nobody's backlog keeps another waiting (P14)."""
    with store.begin() as tx:
        tx.add([entry("a"), entry("b", client="south"), entry("c", connector="sms")], at=NOON)
        lanes = [("south", "mail"), ("north", "sms"), ("north", ""), ("north", "mail")]
        taken = [tx.claim(NOON, lease=LEASE, limit=9, owner="one", client=one, connector=two) for one, two in lanes]

    assert [["b"], ["c"], ["a"], []] == [[claim.row.dispatch.slot for claim in claims] for claims in taken]


def test_what_waits_is_told_by_lane(store: Store, entry: Make) -> None:
    """What is due now, the longest waiting first; later rows, resting retries and what is being sent are not in it."""
    early, late = NOON - LEASE, NOON + LEASE
    with store.begin() as tx:
        assert [] == tx.waiting(NOON)
        tx.add([entry("taken"), entry("again"), entry("rests")], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=3, owner="one")
        moments = {"again": early - LEASE, "rests": late}
        told = [Settled(entry(slot)[0].key, RETRY, "451", moment) for slot, moment in moments.items()]
        tx.settle_many("one", told, at=NOON)
        tx.add([entry("a"), entry("b", due=late), entry("c", connector="sms", due=early)], at=NOON)
        tx.add([entry("d", client="south"), entry("held", state=DispatchState.HELD)], at=NOON)

        assert [
            Lane(client="north", connector="mail", oldest=early - LEASE, count=2),
            Lane(client="north", connector="sms", oldest=early, count=1),
            Lane(client="south", connector="mail", oldest=NOON, count=1),
        ] == tx.waiting(NOON)


def test_a_row_past_its_use_is_missed(store: Store, entry: Make) -> None:
    """A reminder for a past session is recorded, never sent (P3, P7)."""
    with store.begin() as tx:
        tx.add([entry("past", not_after=NOON - LEASE), entry("just", not_after=NOON)], at=NOON)
        claims = tx.claim(NOON, lease=LEASE, limit=10, owner="one")

    assert ["just"] == [claim.row.dispatch.slot for claim in claims]
    assert {"past": DispatchState.MISSED, "just": SENDING} == _states(store)


def test_what_waits_past_its_use_is_missed_first(store: Store, entry: Make) -> None:
    """It makes no lane, also when its next attempt would come later still (P3)."""
    with store.begin() as tx:
        tx.add([entry("past", not_after=NOON - LEASE), entry("rests", not_after=NOON)], at=NOON)
        (claim,) = tx.claim(NOON, lease=LEASE, limit=9, owner="one")
        tx.settle_many("one", [Settled(claim.row.dispatch.key, RETRY, "451", NOON + 9 * LEASE)], at=NOON)
        assert [] == tx.waiting(NOON + LEASE)

    assert {"past": MISSED, "rests": MISSED} == _states(store)


def test_a_claim_finds_what_lies_behind_what_is_past_its_use(store: Store, entry: Make) -> None:
    """However many are past it, and however small the limit."""
    with store.begin() as tx:
        early = NOON - 2 * LEASE
        tx.add([entry(str(number), due=early, not_after=early) for number in range(5)], at=NOON)
        tx.add([entry("fresh")], at=NOON)
        (claim,) = tx.claim(NOON, lease=LEASE, limit=2, owner="one")

    assert "fresh" == claim.row.dispatch.slot
    assert Counter({MISSED: 5, SENDING: 1}) == Counter(_states(store).values())


def test_ended_leases_are_listed_and_settled(store: Store, entry: Make) -> None:
    """A row whose sender died is found after its lease, not before, and settled in the dead one's name."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
    with store.begin() as tx:
        assert [] == tx.expired(NOON + LEASE / 2)
        (claim,) = tx.expired(NOON + LEASE)
        assert {key} == tx.settle_many(claim.owner, [Settled(key, DispatchState.IN_DOUBT)], at=NOON + LEASE)
        assert [] == tx.expired(NOON + LEASE)

    assert {"2027-01-15T09:00": DispatchState.IN_DOUBT} == _states(store)


def test_a_lease_of_a_clock_that_was_ahead_has_ended(store: Store, entry: Make) -> None:
    """After the clock was set back no row waits for hours to be looked at (fault 12)."""
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        yesterday = NOON - timedelta(days=1)

        assert [] == tx.expired(yesterday)
        assert [] == tx.expired(NOON, longest=LEASE)
        assert 1 == len(tx.expired(yesterday, longest=LEASE))


def test_leases_of_owners_known_to_be_dead_have_ended(store: Store, entry: Make) -> None:
    """Whoever begins with that name is dead, however long its lease; nobody else is, alike as the names may look."""
    with store.begin() as tx:
        tx.add([entry(str(number)) for number in range(3)], at=NOON)
        for owner in ("a_b-1", "a_b-2", "axb-3"):
            tx.claim(NOON, lease=LEASE, limit=1, owner=owner)

        assert {"a_b-1", "a_b-2"} == {claim.owner for claim in tx.expired(NOON, dead="a_b-")}


def test_a_lease_can_be_renewed_by_its_owner(store: Store, entry: Make) -> None:
    """A long call keeps its row; a stranger cannot keep it."""
    key = entry()[0].key
    with store.begin() as tx:
        tx.add([entry()], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")

        assert {key} == tx.renew_many("one", [key, "nothing"], until=NOON + 2 * LEASE)
        assert set() == tx.renew_many("two", [key], until=NOON + 9 * LEASE)
        assert [] == tx.expired(NOON + LEASE)
        assert [key] == [claim.row.dispatch.key for claim in tx.expired(NOON + 2 * LEASE)]


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
