"""How often deciding a programme was begun and not ended."""

from dataclasses import replace

from convener.model import Register
from convener.store import Store


def test_tries_are_counted_until_deciding_ends(store: Store, empty: Register) -> None:
    """Each of those named, and no other; what is unknown is not counted (fault 17)."""
    with store.begin() as tx:
        tx.save(empty, empty)
        tx.save(empty, replace(empty, programme="run"))
        assert {"north/care": 1} == tx.begin_deciding(["north/care", "north/unknown"])
        assert {"north/care": 2, "north/run": 1} == tx.begin_deciding(["north/care", "north/run"])
        assert {} == tx.begin_deciding([])
        tx.decided("north/care")

        assert {"north/run": 1} == tx.tries()


def test_tries_outlive_what_counted_them(store: Store, empty: Register) -> None:
    """Saving the register does not forget them, and they are no revision of it."""
    with store.begin() as tx:
        tx.save(empty, empty)
        before = tx.revision("north/care")
        tx.begin_deciding(["north/care"])
        tx.save(empty, empty)

        assert ({"north/care": 1}, before) == (tx.tries(), tx.revision("north/care"))
