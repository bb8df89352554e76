"""What does not belong to one table alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from convener.model import ProgrammeState, Register, event_of
from convener.store import Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def test_programmes_are_listed_with_their_state(store: Store, empty: Register) -> None:
    """Sorted by client and programme."""
    with store.begin() as tx:
        tx.save(empty, empty)
        tx.save(empty, replace(empty, client="east", state=ProgrammeState.LIVE))

        assert [
            ("east", "care", ProgrammeState.LIVE),
            ("north", "care", ProgrammeState.DRAFT),
        ] == tx.scopes()


def test_the_next_due_moment_is_void_once_something_changed(store: Store, empty: Register, rich: Register) -> None:
    """A moved cursor keeps it; a new row or a new event makes it unknown, so that nothing is overslept (P1)."""
    happened = event_of("programme.live", "north/care", "care", at=NOON)
    with store.begin() as tx:
        assert None is tx.next_due("north/care")
        tx.save(empty, rich)
        tx.set_next_due("north/care", NOON)
        before = tx.load("north", "care")
        later = replace(before, cursor=NOON + timedelta(hours=1))
        tx.save(before, later)
        assert NOON == tx.next_due("north/care")
        tx.save(later, replace(later, polls={}))
        assert None is tx.next_due("north/care")
        tx.set_next_due("north/care", NOON)
        tx.save(empty, empty, [happened])
        assert None is tx.next_due("north/care")
        tx.set_next_due("north/care", None)
        tx.set_next_due("north/unknown", NOON)
        assert None is tx.next_due("north/unknown")
