"""Facts a database keeps about itself: its name, where it lives, whether it is held."""

from sqlalchemy import Connection, select

from convener.store.inserting import insert_into
from convener.store.schema import facts


def read_fact(connection: Connection, name: str) -> str | None:
    """Return the fact of that name, None when there is none."""
    return connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Keep *value* as the fact of that name."""
    statement = insert_into(connection, facts).on_conflict_do_update(index_elements=["name"], set_={"value": value})
    connection.execute(statement, {"name": name, "value": value})
