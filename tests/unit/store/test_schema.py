"""The declared tables."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from convener.store import Store
from convener.store.schema import metadata


def test_the_migrations_lead_to_the_declared_tables(store: Store) -> None:
    """What upgrading makes is what the code believes in, on both databases."""
    with store.begin() as tx:
        context = MigrationContext.configure(tx._connection, opts={"target_metadata": metadata})  # noqa: SLF001 - Alembic reads the connection

        assert [] == compare_metadata(context, metadata)


def test_every_table_of_a_programme_is_keyed_by_client_and_programme() -> None:
    """No row can be mistaken for another client's (fault 36)."""
    apart = {"store_facts", "people", "coaches", "events", "event_links", "event_head", "ledger", "parcels"}
    by_client = {"rule_stamps"}
    by_address = {"suppressions"}

    assert {("client", "programme")} == {
        tuple(table.primary_key.columns.keys()[:2])
        for name, table in metadata.tables.items()
        if name not in apart | by_client | by_address
    }
