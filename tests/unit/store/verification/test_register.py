"""What must hold of every row of a register."""

import pytest
from sqlalchemy import text

from convener.model import Register
from convener.store import Store


def _faults(store: Store, *statements: str) -> list[tuple[str, str, str]]:
    """Return what is found after a stranger has written *statements*."""
    with store.begin() as tx:
        for statement in statements:
            tx._connection.execute(text(statement))  # noqa: SLF001 - only a stranger would write such a statement
    return [(fault.table, fault.row, fault.reason) for fault in store.verify().faults]


@pytest.fixture
def kept(sqlite_store: Store, empty: Register, rich: Register) -> Store:
    """Give a store that holds a register with every field there is."""
    with sqlite_store.begin() as tx:
        tx.save(empty, rich)
    return sqlite_store


@pytest.mark.parametrize(
    ("statement", "table", "row", "reason"),
    [
        ("UPDATE programmes SET state = 'asleep'", "programmes", "north/care", "state is unknown"),
        ("UPDATE coaches SET away = '[\"x\"]' WHERE id LIKE 'cat%'", "coaches", "north/cat@north.example", "be read"),
        (
            "UPDATE enrolments SET status = 'lost' WHERE person LIKE 'ben%'",
            "enrolments",
            "north/care/ben@north.example/2027-01-18/0",
            "cannot be read",
        ),
        (
            "UPDATE managements SET until = '2026-01-01' WHERE until IS NULL",
            "managements",
            "north/care/E-001/2027-09-01/0",
            "ends before it begins",
        ),
        (
            "UPDATE memberships SET until = NULL WHERE person LIKE 'ben%'",
            "memberships",
            "north/care/ben@north.example/2027-06-01/0",
            "the one before has not ended",
        ),
        (
            "UPDATE coachings SET until = '2027-09-02' WHERE until IS NOT NULL",
            "coachings",
            "north/care/care/tyne/2027-09-01/0",
            "the one before has not ended",
        ),
        ("UPDATE sessions SET number = 3 WHERE number = 2", "sessions", "north/care/care/tyne/2", "pod and number"),
        ("UPDATE sessions SET ends = NULL", "sessions", "north/care/care/tyne/1", "a beginning and no end"),
        ("UPDATE sessions SET ends = starts", "sessions", "north/care/care/tyne/1", "ends before it begins"),
        ("UPDATE sessions SET zone = 'Mars/Base'", "sessions", "north/care/care/tyne/1", "time zone is unknown"),
        ("UPDATE sessions SET zone = '../x'", "sessions", "north/care/care/tyne/1", "time zone is unknown"),
        (
            "UPDATE sessions SET status = 'held' WHERE number = 2",
            "sessions",
            "north/care/care/tyne/2",
            "it is held and has no date",
        ),
        (
            "UPDATE attendance SET engagement = 9 WHERE engagement = 4",
            "attendance",
            "north/care/care/tyne/1/E-001",
            "not 1 to 5",
        ),
        (
            "UPDATE polls SET closes = opened, opened = closes",
            "polls",
            "north/care/pulse/care/tyne/1/ben@north.example",
            "closes before it opens",
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_named(kept: Store, statement: str, table: str, row: str, reason: str) -> None:
    """Its table, its key, and why."""
    ((found, key, why),) = _faults(kept, statement)

    assert (table, row, True) == (found, key, reason in why)


def test_a_pod_of_another_programme_is_named(kept: Store) -> None:
    """The id of a pod begins with its programme."""
    added = "INSERT INTO pods (client, programme, id, name, frozen) VALUES ('north', 'care', 'south/wye', 'Wye', false)"

    assert [("pods", "north/care/south/wye", "its id does not begin with its programme")] == _faults(kept, added)
