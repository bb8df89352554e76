"""The step that lets every waiting row say until when it waits."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from convener.store import Store
from convener.store.address import read_address
from convener.store.engines import make_engine
from convener.store.schema import ledger
from convener.store.upgrade import run_step, steps

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def test_what_waited_before_the_step_waits_after_it(url: str, tmp_path: Path) -> None:
    """What is due may go, a retry when its time has come, what is sent or held does not (fault 47)."""
    texts = {column.name: "x" for column in ledger.c if not column.nullable and column.type.python_type is str}
    row = {**texts, "due": NOON, "added": NOON, "people": [], "attach": [], "attempts": 1, "verb": "send"}
    states = {"ready": None, "retry": LATER, "sent": None, "held": None, "failed": LATER}
    engine = make_engine(read_address(url, tmp_path))
    with engine.begin() as connection:
        for step in steps()[:2]:
            run_step(connection, step)
        for state, moment in states.items():
            connection.execute(
                insert(ledger), {**row, "key": state, "slot": state, "state": state, "not_before": moment}
            )
        connection.execute(insert(ledger), {**row, "key": "again", "slot": "again", "state": "retry"})
    engine.dispose()
    store = Store.open(url, workspace=tmp_path)
    with store.begin() as tx:
        due = {claim.row.dispatch.slot for claim in tx.claim(NOON, lease=LATER - NOON, limit=9, owner="one")}
        late = tx.next_delivery()
    store.close()

    assert ({"ready", "again"}, LATER) == (due, late)
