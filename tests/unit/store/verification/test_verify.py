"""Verification as a whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from sqlalchemy import text

from convener.errors import StoreError
from convener.model import Register, event_of
from convener.store import Entry, Store
from convener.store.verification.verify import SHOWN

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def test_a_sound_database_has_no_faults(store: Store, empty: Register, rich: Register) -> None:
    """How many events there are, and the link worth writing down (fault 42)."""
    with store.begin() as tx:
        tx.save(empty, rich, [event_of("programme.live", "north/care", "care", at=NOON)])
        head = tx.events_head()
    verdict = store.verify()

    assert ((), head) == (verdict.faults, (verdict.events, verdict.head))


def test_a_changed_event_is_named(sqlite_store: Store, tmp_path: Path, empty: Register) -> None:
    """The number of the first event that does not hold (fault 42)."""
    with sqlite_store.begin() as tx:
        tx.save(empty, empty, [event_of("programme.live", "north/care", "care", at=NOON)])
    with closing(sqlite3.connect(tmp_path / "convener.db")) as stranger:
        stranger.execute("DROP TRIGGER events_no_update")
        stranger.execute("UPDATE events SET subject = 'x'")
        stranger.commit()
    (fault,) = sqlite_store.verify().faults

    assert ("events", "1", "its content was changed") == (fault.table, fault.row, fault.reason)


def test_a_row_that_names_nobody_is_named(sqlite_store: Store, tmp_path: Path, rich: Register, empty: Register) -> None:
    """Whoever switches references off and deletes is found out."""
    with sqlite_store.begin() as tx:
        tx.save(empty, rich)
    with closing(sqlite3.connect(tmp_path / "convener.db")) as stranger:
        stranger.execute("DELETE FROM sessions WHERE number = 1")
        stranger.commit()
    faults = sqlite_store.verify().faults

    assert {("attendance", "it names a row of sessions that is not there")} == {(f.table, f.reason) for f in faults}


def test_a_damaged_file_is_named(sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]) -> None:
    """Pages that were overwritten are found, or the file cannot be used at all; never is it called sound."""
    with sqlite_store.begin() as tx:
        tx.add([entry(str(number)) for number in range(200)], at=NOON)
    sqlite_store.close()
    file = tmp_path / "convener.db"
    pages = file.stat().st_size // 4096
    content = bytearray(file.read_bytes())
    content[4096 * (pages - 20) : 4096 * (pages - 10)] = b"\xaa" * 40_960
    file.write_bytes(content)
    with closing(Store.open("sqlite:///convener.db", workspace=tmp_path)) as store:
        try:
            found = [fault.reason for fault in store.verify().faults]
        except StoreError as error:
            found = [str(error)]

    assert found


def test_faults_without_number_are_cut_short(sqlite_store: Store, entry: Callable[..., Entry]) -> None:
    """The first hundred are enough to know."""
    with sqlite_store.begin() as tx:
        tx.add([entry(str(number)) for number in range(SHOWN + 9)], at=NOON)
        tx._connection.execute(text("UPDATE ledger SET owner = 'me'"))  # noqa: SLF001 - only a stranger would write that

    assert SHOWN == len(sqlite_store.verify().faults)


def test_what_is_written_meanwhile_is_no_fault(store: Store, empty: Register) -> None:
    """Verification looks at one moment, and keeps nobody from writing."""

    def write() -> None:
        for _ in range(40):
            with store.begin() as tx:
                tx.save(empty, empty, [event_of("programme.live", "north/care", "care", at=NOON)])

    writer = Thread(target=write)
    writer.start()
    verdicts = [store.verify()]
    while writer.is_alive():
        verdicts.append(store.verify())
    writer.join()

    assert {()} == {verdict.faults for verdict in verdicts}
    assert 40 == store.verify().events
