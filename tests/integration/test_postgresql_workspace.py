"""A whole programme on PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.model import Withdraw
from convener.operations import dates, pods
from convener.operations.change import change
from convener.operations.delivery import deliver
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.ledger import rows
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.runtime import open_workspace

pytestmark = pytest.mark.integration
SCOPE = "northern-health/primary-care"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_from_roster_to_a_change_by_url(tmp_path: Path, postgresql_url: str) -> None:
    """The database is named by its URL alone; everything else is the same (R1, R2, R12)."""
    initialise(tmp_path / "w", example="northern-health")
    environ = {"CONVENER_DATABASE": postgresql_url}
    workspace = open_workspace(tmp_path / "w", clock=VirtualClock(LIVE), environ=environ)
    sync(workspace, "northern-health")
    pods.propose(workspace, SCOPE)
    pods.accept(workspace, SCOPE)
    dates.propose(workspace, SCOPE)
    dates.accept(workspace, SCOPE)
    go(workspace, SCOPE)
    planned = tick(workspace, at=LIVE).planned
    sent = deliver(workspace, at=LIVE).sent
    change(workspace, SCOPE, Withdraw(person="00105", on=LIVE.date()))
    cancels = tick(workspace, at=datetime(2026, 12, 7, 10, tzinfo=UTC)).planned
    with workspace.store.begin() as tx:
        broken = tx.verify_events()
    ledger = rows(workspace, SCOPE)
    workspace.close()

    assert "PostgreSQL" in workspace.store.version()
    assert len(planned) == sent
    assert {("00105", "invite")} == {(dispatch.recipient, dispatch.verb) for dispatch in cancels}
    assert broken is None
    assert len(planned) + len(cancels) == len(ledger)
    assert not (tmp_path / "w" / "var" / "convener.db").exists()
