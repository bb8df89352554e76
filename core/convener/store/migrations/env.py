"""Alembic's environment: it runs on the connection, and in the transaction, that `upgrade` gave it."""

from alembic import context

from convener.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
