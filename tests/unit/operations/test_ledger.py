"""Looking at the ledger, and deciding what only a person can."""

from datetime import timedelta

import pytest

from convener.errors import UsageError
from convener.model import DispatchState
from convener.model.dispatches import QUARANTINED
from convener.operations import ledger
from convener.operations.delivery import deliver
from convener.operations.tick import tick
from convener.store import Settled


def test_rows_of_one_person(calm) -> None:
    """The list can be narrowed to one address (P16)."""
    tick(calm.workspace, at=calm.clock.now())
    mine = ledger.rows(calm.workspace, person="chiara.grant@northern.example")

    assert {"00101"} == {row.dispatch.recipient for row in mine}
    assert 1 == len(mine)


def test_a_row_can_be_shown_with_what_it_says(calm) -> None:
    """`show` gives the frozen content."""
    key = tick(calm.workspace, at=calm.clock.now()).planned[0].key
    row, parcel = ledger.show(calm.workspace, key)

    assert key == row.dispatch.key
    assert parcel is not None
    assert parcel.subject


def test_what_is_called_off_is_not_sent(calm) -> None:
    """A cancelled dispatch never goes out."""
    planned = tick(calm.workspace, at=calm.clock.now()).planned
    ledger.cancel(calm.workspace, planned[0].key)

    assert len(planned) - 1 == deliver(calm.workspace, at=calm.clock.now()).sent
    assert DispatchState.CANCELLED is ledger.show(calm.workspace, planned[0].key)[0].state


def test_what_was_sent_cannot_be_called_off(calm) -> None:
    """A decision that makes no sense is refused, with the states it works for."""
    key = tick(calm.workspace, at=calm.clock.now()).planned[0].key
    deliver(calm.workspace, at=calm.clock.now())
    with pytest.raises(UsageError, match="the dispatch is sent"):
        ledger.cancel(calm.workspace, key)


def test_an_unknown_key_names_the_list(calm) -> None:
    """A key that does not exist is a usage error."""
    with pytest.raises(UsageError) as caught:
        ledger.show(calm.workspace, "no/such/key")

    assert "convener ledger list" in caught.value.hint


def test_everything_held_can_be_let_go_at_once(calm) -> None:
    """Of a client or a programme, and of no other; a rehearsal lets nothing go (N7)."""
    planned = tick(calm.workspace, at=calm.clock.now()).planned
    with calm.workspace.store.begin() as tx:
        for dispatch in planned:
            tx.overrule(dispatch.key, DispatchState.HELD, at=calm.clock.now())
    rehearsed = ledger.release(calm.workspace, "northern-health", dry_run=True)
    others = ledger.release(calm.workspace, "brightwater")
    released = ledger.release(calm.workspace, "northern-health/primary-care")

    assert (40, 0, 40) == (len(rehearsed), len(others), len(released))
    assert {DispatchState.READY} == {row.state for row in ledger.rows(calm.workspace)}


def test_the_programme_is_asked_anew_once_something_was_let_go(calm) -> None:
    """The flags that spoke of it are reckoned again with the next tick."""
    key = tick(calm.workspace, at=calm.clock.now()).planned[0].key
    with calm.workspace.store.begin() as tx:
        tx.overrule(key, DispatchState.HELD, at=calm.clock.now())
        before = tx.due(calm.clock.now())
    ledger.retry(calm.workspace, key)
    with calm.workspace.store.begin() as tx:
        after = tx.due(calm.clock.now())

    assert ([], ["northern-health/primary-care"]) == (before, after)


def test_several_are_decided_together_or_not_at_all(calm) -> None:
    """One that cannot be decided so leaves the others as they are, and is named."""
    first, second, *_ = (dispatch.key for dispatch in tick(calm.workspace, at=calm.clock.now()).planned)
    ledger.cancel(calm.workspace, first)
    with pytest.raises(UsageError, match="is cancelled") as caught:
        ledger.cancel(calm.workspace, second, first)

    assert first in str(caught.value)
    assert DispatchState.READY is ledger.show(calm.workspace, second)[0].state


def test_retrying_lifts_suppression_and_starts_the_ladder_anew(calm) -> None:
    """A person says that the address lives; what was in quarantine is tried again as well (fault 7, 17)."""
    now = calm.clock.now()
    tick(calm.workspace, at=now)
    with calm.workspace.store.begin() as tx:
        refused, deadly = tx.claim(now, lease=timedelta(minutes=5), limit=2, owner="us")
        ends = ((refused, DispatchState.FAILED, "mail: 550"), (deadly, DispatchState.HELD, QUARANTINED))
        settled = [Settled(claim.row.dispatch.key, state, error) for claim, state, error in ends]
        tx.settle_many("us", settled, at=now)
        for _ in range(2):
            tx.note_dead(refused.parcel.to_email, at=now, reason="550")
    let_go = ledger.retry(calm.workspace, *(each.key for each in settled))
    with calm.workspace.store.begin() as tx:
        suppressed = tx.suppressions()
    found = [ledger.show(calm.workspace, each.key)[0] for each in settled]

    assert ([], 2) == (suppressed, len(let_go))
    assert {(DispatchState.READY, 0, "")} == {(row.state, row.attempts, row.error) for row in found}


def test_rows_are_narrowed_by_connector_automation_and_time(calm) -> None:
    """Everything is narrowed together; a limit keeps what is due last."""
    now = calm.clock.now()
    planned = tick(calm.workspace, at=now).planned
    asked = [
        {"connector": "mail"}, {"connector": "sms"}, {"automation": "welcome"}, {"automation": "remind"},
        {"since": now + timedelta(days=1)}, {"until": now - timedelta(days=1)}, {"limit": 7},
    ]  # fmt: skip
    found = [len(ledger.rows(calm.workspace, "northern-health", **each)) for each in asked]

    assert [len(planned), 0, len(planned), 0, 0, 0, 7] == found
