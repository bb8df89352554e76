"""What a database remembers of itself."""

from convener.store import Store


def test_a_fact_is_kept_until_it_is_told_anew(store: Store) -> None:
    """Nothing is known of what was never told."""
    with store.begin() as tx:
        tx.put_fact("colour", "red")
        tx.put_fact("colour", "blue")
    with store.begin() as tx:
        assert ("blue", None) == (tx.fact("colour"), tx.fact("taste"))
