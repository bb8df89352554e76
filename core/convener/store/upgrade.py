"""Bring a database to the present schema. Loaded only when there is something to do: Alembic is slow to import."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def configuration() -> Config:
    """Return Alembic's configuration, made here instead of read from a file."""
    config = Config()
    config.set_main_option("script_location", "convener.store:migrations")
    return config


def upgrade(connection: Connection) -> None:
    """Run every pending step inside the open transaction of *connection*: all of them hold, or none."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def known_revisions() -> frozenset[str]:
    """Return every revision this version of Convener can read."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(configuration()).walk_revisions())
