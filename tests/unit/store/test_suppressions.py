"""Addresses that nobody is behind."""

from datetime import UTC, datetime, timedelta

from convener.store import Store, Suppression

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


def test_the_second_final_refusal_suppresses(store: Store) -> None:
    """One may be a mistake; letter case is no matter, and since when does not move (fault 7)."""
    with store.begin() as tx:
        assert 1 == tx.note_dead("Ana@North.example", at=NOON, reason="550")
        assert ({}, []) == (tx.suppressed(["ana@north.example"]), tx.suppressions())
        assert 2 == tx.note_dead("ana@north.example", at=LATER, reason="551")
        assert 3 == tx.note_dead("ana@north.example", at=LATER + timedelta(days=1), reason="552")

        assert {"ANA@north.example": LATER} == tx.suppressed(["ANA@north.example", "ben@north.example"])
        assert [Suppression(address="ana@north.example", refusals=3, since=LATER, reason="552")] == tx.suppressions()


def test_a_person_lifts_it(store: Store) -> None:
    """What was counted is forgotten."""
    with store.begin() as tx:
        tx.note_dead("ana@north.example", at=NOON, reason="550")
        tx.note_dead("ana@north.example", at=NOON, reason="550")

        assert tx.lift("Ana@north.example")
        assert not tx.lift("ana@north.example")
        assert {} == tx.suppressed(["ana@north.example"])
        assert 1 == tx.note_dead("ana@north.example", at=NOON, reason="550")


def test_many_addresses_are_asked_at_once(store: Store) -> None:
    """More than one statement may hold; none asks nothing."""
    many = [f"person-{number}@north.example" for number in range(1001)]
    with store.begin() as tx:
        for _ in range(2):
            tx.note_dead(many[-1], at=NOON, reason="550")

        assert ({many[-1]: NOON}, {}) == (tx.suppressed(many), tx.suppressed([]))
