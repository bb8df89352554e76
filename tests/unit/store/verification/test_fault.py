"""A row that is not as it must be, named."""

from pathlib import Path

from sqlalchemy import select

from convener.store import Store
from convener.store.address import read_address
from convener.store.committing import reading
from convener.store.engines import make_engine
from convener.store.schema import facts
from convener.store.verification import Fault
from convener.store.verification.fault import fault_of


def test_a_row_is_named_by_its_table_and_key(sqlite_store: Store, tmp_path: Path) -> None:
    """The parts of the key joined by slashes, as people see them elsewhere."""
    with sqlite_store.begin() as tx:
        tx.put_fact("colour", "red")
    engine = make_engine(read_address("sqlite:///convener.db", tmp_path))
    with reading(engine) as connection:
        row = connection.execute(select(facts).where(facts.c.name == "colour")).one()
    engine.dispose()

    assert Fault(table="store_facts", row="colour", reason="too red") == fault_of(facts, row, "too red")
