"""After a death."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from convener.model import DispatchState
from convener.model.dispatches import QUARANTINED
from convener.operations.delivery.recovery import ALONE, DEATHS, DIED, Mine, after_death, deaths_of, recover
from convener.ports import Settlement
from convener.testing import MemoryMessenger

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("settlement", "state"),
    [
        (Settlement.SAME_ID, DispatchState.RETRY),
        (Settlement.LOOKUP, DispatchState.RETRY),
        (Settlement.ASK, DispatchState.IN_DOUBT),
    ],
)
def test_the_policy_of_the_connector_settles_it(claimed: Any, settlement: Settlement, state: DispatchState) -> None:
    """Sent again with the same id, sent again unless it is found there, or left to a person (N5, fault 1)."""
    assert state is after_death(claimed(), settlement, alone=True).settled.state


def test_what_kills_its_sender_alone_is_quarantined(claimed: Any) -> None:
    """Three times with nothing else on the wire; the count stands in the row (fault 17)."""
    states, error = [], ""
    for _ in range(DEATHS):
        settled = after_death(claimed(error=error), Settlement.SAME_ID, alone=True).settled
        states.append(settled.state)
        error = settled.error

    assert [*[DispatchState.RETRY] * (DEATHS - 1), DispatchState.HELD] == states
    assert QUARANTINED == error


def test_what_dies_in_company_is_never_blamed(claimed: Any) -> None:
    """A hundred rows were claimed when the power went, a hundred times over; none of them is put away."""
    settled = after_death(claimed(), Settlement.SAME_ID, alone=False).settled
    for _ in range(100):
        settled = after_death(claimed(error=settled.error), Settlement.SAME_ID, alone=False).settled

    assert (DispatchState.RETRY, DIED, 0) == (settled.state, settled.error, deaths_of(settled.error))


def test_only_claims_whose_lease_ended_are_settled(office: Callable[..., Any]) -> None:
    """Whoever still sends is left to it; what is in our own hand too (fault 14)."""
    post = office(mail=MemoryMessenger())
    keys = [dispatch.key for dispatch in post.post(3)]
    post.die(limit=2)
    with post.workspace.store.begin() as tx:
        tx.claim(post.clock.now(), lease=HOUR, limit=1, owner="alive")
        mine = Mine(owner="us", flying={keys[0]})
        found = recover(tx, lambda _: Settlement.SAME_ID, post.clock.now(), longest=2 * HOUR, mine=mine)

    assert [keys[1]] == [outcome.settled.key for outcome in found]
    assert [DispatchState.SENDING, DispatchState.RETRY, DispatchState.SENDING] == post.states()


def test_a_lease_from_a_clock_that_was_ahead_counts_as_ended(office: Callable[..., Any]) -> None:
    """A clock set back by days does not keep a row on the wire for days (fault 12)."""
    post = office(mail=MemoryMessenger())
    post.post()
    with post.workspace.store.begin() as tx:
        tx.claim(post.clock.now(), lease=100 * HOUR, limit=1, owner="ahead")
    with post.workspace.store.begin() as tx:
        mine = Mine(owner="us", flying=())
        recover(tx, lambda _: Settlement.SAME_ID, post.clock.now(), longest=2 * HOUR, mine=mine)

    assert [DispatchState.RETRY] == post.states()


@pytest.mark.parametrize(
    ("settlement", "owner", "state"),
    [
        (Settlement.SAME_ID, f"{ALONE}1", DispatchState.RETRY),
        (Settlement.ASK, f"{ALONE}1", DispatchState.IN_DOUBT),
        (Settlement.LOOKUP, f"{ALONE}1", DispatchState.SENDING),
        (Settlement.SAME_ID, "worker-1", DispatchState.SENDING),
        (Settlement.SAME_ID, "deliver-1", DispatchState.SENDING),
    ],
)
def test_an_heir_waits_for_no_lease_of_a_daemon(
    office: Callable[..., Any], settlement: Settlement, owner: str, state: DispatchState
) -> None:
    """Who holds the lock of daemons knows that they are dead; what can be looked up may still be on its way (N5)."""
    post = office(mail=MemoryMessenger())
    post.post()
    with post.workspace.store.begin() as tx:
        tx.claim(post.clock.now(), lease=HOUR, limit=1, owner=owner)
    with post.workspace.store.begin() as tx:
        mine = Mine(owner="us", flying=(), is_heir=True)
        recover(tx, lambda _: settlement, post.clock.now(), longest=2 * HOUR, mine=mine)

    assert [state] == post.states()


def test_a_claim_of_ours_that_we_know_nothing_of_never_came_near_the_wire(office: Callable[..., Any]) -> None:
    """Its commit was not confirmed; even where a connector asks there is no doubt, and no attempt (fault 4)."""
    post = office(mail=MemoryMessenger())
    post.post()
    post.die(owner="us")
    with post.workspace.store.begin() as tx:
        mine = Mine(owner="us", flying=())
        recover(tx, lambda _: Settlement.ASK, post.clock.now(), longest=2 * HOUR, mine=mine)

    assert [(DispatchState.READY, 0)] == [(row.state, row.attempts) for row in post.rows()]
