"""Forgetting texts, notes and copies."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from convener.model import DispatchState, Register
from convener.store import Entry, Settled, Store
from convener.store.inserting import BATCH
from convener.store.retention import forget_copies

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)


def test_texts_of_settled_rows_go_a_few_at_a_time(store: Store, entry: Callable[..., Entry]) -> None:
    """Those of other programmes, of rows settled later and of rows that wait stay (fault 41)."""
    old = [entry(str(number)) for number in range(BATCH + 1)]
    late, waits, other = entry("late"), entry("waits"), entry("other", programme="hope")
    with store.begin() as tx:
        tx.add([*old, late, waits, other], at=NOON)
        tx.claim(NOON, lease=timedelta(minutes=5), limit=BATCH * 2, owner="me")
        tx.settle_many("me", [Settled(one.key, DispatchState.SENT) for one, _, _ in (*old, other)], at=NOON)
        tx.settle_many("me", [Settled(late[0].key, DispatchState.FAILED, "no")], at=LATER)
        tx.settle_many("me", [Settled(waits[0].key, DispatchState.RETRY, "busy", LATER)], at=NOON)
    with store.begin() as tx:
        gone = [tx.forget_bodies("north/care", LATER) for _ in range(3)]
        kept = [one.key for one, _, _ in (*old[:2], late, waits, other) if tx.parcel(one.key)]
        rows = len(tx.ledger())

    assert [BATCH, 1, 0] == gone
    assert [late[0].key, waits[0].key, other[0].key] == kept
    assert BATCH + 4 == rows


def test_notes_go_when_their_session_is_long_over(store: Store, empty: Register, rich: Register) -> None:
    """Attendance and engagement stay (faults 41, 43)."""
    with store.begin() as tx:
        tx.save(empty, rich)
    ended = rich.sessions["care/tyne/1"].ends
    assert ended is not None
    with store.begin() as tx:
        gone = [tx.forget_notes("north/care", ended + timedelta(seconds=late)) for late in (0, 1, 1)]
    with store.begin() as tx:
        found = tx.load("north", "care", notes=True).attendance

    assert [0, 1, 0] == gone
    assert {key: replace(row, note="") for key, row in rich.attendance.items()} == found


@pytest.mark.parametrize("name", ["convener.db.before-0002", ".convener.db.before-0003.x1.part"])
def test_copies_go_by_age(tmp_path: Path, name: str) -> None:
    """Also one that was never finished; what else lies there is nobody's business (faults 39, 47)."""
    others = ("convener.db", "convener.db.mine", "other.db.before-0002", ".x.part")
    for each in (name, *others):
        (tmp_path / each).write_bytes(b"x")
        os.utime(tmp_path / each, (NOON.timestamp(), NOON.timestamp()))
    gone = [forget_copies(tmp_path / "convener.db", before) for before in (NOON, LATER, LATER)]

    assert ([0, 1, 0], set(others)) == (gone, {path.name for path in tmp_path.iterdir()})


def test_what_is_forgotten_is_gone_from_the_files(
    sqlite_store: Store, tmp_path: Path, entry: Callable[..., Entry]
) -> None:
    """Overwritten, not only unlinked (fault 39)."""

    def is_there() -> bool:
        sqlite_store.tidy()
        return any(b"s3cret-canary" in file.read_bytes() for file in tmp_path.glob("convener.db*"))

    dispatch, parcel, _ = entry()
    assert parcel is not None
    with sqlite_store.begin() as tx:
        tx.add([(dispatch, replace(parcel, text="s3cret-canary" * 999), DispatchState.CANCELLED)], at=NOON)
    before = is_there()
    with sqlite_store.begin() as tx:
        assert 1 == tx.forget_bodies("north/care", LATER)

    assert (True, False) == (before, is_there())
