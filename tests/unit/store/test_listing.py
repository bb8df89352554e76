"""Many texts in one bound value."""

from sqlalchemy import select

from convener.store import Store
from convener.store.listing import listed
from convener.store.schema import facts


def test_texts_are_rows(store: Store) -> None:
    """Whatever they hold, however many they are, and when there are none."""
    texts = ["", "a\nb", "\"'\\", "Ó ☕", *map(str, range(5000))]
    with store.begin() as tx:
        connection = tx._connection  # noqa: SLF001 - below the ledger there is no public way in
        found = [list(connection.execute(listed(connection, asked)).scalars()) for asked in (texts, [])]

    assert [texts, []] == found


def test_they_can_be_looked_for(store: Store) -> None:
    """As those of a column."""
    with store.begin() as tx:
        connection = tx._connection  # noqa: SLF001 - below the ledger there is no public way in
        names = select(facts.c.name).where(facts.c.name.in_(listed(connection, ["instance", "nothing"])))

        assert ["instance"] == list(connection.execute(names).scalars())
