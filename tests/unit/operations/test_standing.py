"""Nothing goes out of a database that was copied or put back until a person says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.errors import HeldError
from convener.model import DispatchState
from convener.operations.apply import apply, read, save
from convener.operations.delivery import deliver
from convener.operations.plan import look
from convener.operations.standing import adopt, note_sent, require_free
from convener.operations.tick import tick

LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_a_copy_neither_decides_nor_sends(held: Any, tmp_path: Path) -> None:
    """`tick`, `apply` and `deliver` say why and what to do; the ledger stays as it is (fault 15)."""
    workspace = held.workspace
    save(look(workspace, "northern-health/primary-care", until=LIVE + timedelta(days=1)), tmp_path / "plan.json")
    for work in (tick, deliver, require_free, lambda each: apply(each, read(tmp_path / "plan.json"))):
        with pytest.raises(HeldError, match="it may be a copy") as caught:
            work(workspace)
        assert "convener db adopt" in caught.value.hint
    with workspace.store.begin() as tx:
        assert {DispatchState.READY} == {row.state for row in tx.ledger()}


def test_rehearsing_goes_on(held: Any) -> None:
    """What goes out in no case may be looked at."""
    assert () == tick(held.workspace, dry_run=True).failures


def test_a_person_sees_what_goes_out_and_lets_it(held: Any) -> None:
    """How much is due, and since when; once adopted it goes (fault 15)."""
    looked = adopt(held.workspace, dry_run=True)
    with pytest.raises(HeldError):
        require_free(held.workspace)
    told = adopt(held.workspace)

    assert (looked, LIVE, 0) == (told, told.oldest, told.interrupted)
    assert "may be a copy" in told.hold
    assert told.overdue == deliver(held.workspace).sent > 0
    assert replace(told, hold="", overdue=0, oldest=None) == adopt(held.workspace)


def test_what_was_on_the_wire_is_counted(held: Any) -> None:
    """Such rows are settled as their connector declares."""
    with held.workspace.store.begin() as tx:
        tx.claim(held.clock.now(), lease=timedelta(minutes=5), limit=3, owner="the original")

    assert 3 == adopt(held.workspace, dry_run=True).interrupted


def test_delivery_leaves_its_witness(live: Any) -> None:
    """What went out is written down beside the database, so that an older one is told from it (fault 15)."""
    workspace = live.workspace
    tick(workspace)
    assert deliver(workspace).sent
    assert (workspace.folder / "var" / "instance.json").is_file()
    require_free(workspace)
    with workspace.store.begin() as tx:
        unsent = next(row.dispatch for row in tx.ledger() if row.state is DispatchState.SENT)
    note_sent(workspace, replace(unsent, slot="of the future"))

    with pytest.raises(HeldError, match="put back"):
        require_free(workspace)
