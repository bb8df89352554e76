"""What a change makes untrue."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide import decide
from convener.decide.changes.outdated import Outdated, outdated_by
from convener.errors import UsageError
from convener.model import (
    CancelSession,
    Change,
    MovePod,
    MoveSession,
    NewManager,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)

DAY = date(2027, 1, 12)
NOON = datetime(2027, 1, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "outdated"),
    [
        (MoveSession(session="acme/lead/north/1", starts=NOON), Outdated(session="lead/north/1")),
        (CancelSession(session="lead/north/1", reason="ill"), Outdated(session="lead/north/1")),
        (Withdraw(person="ann@acme.example", on=DAY), Outdated(recipient="ann")),
        (Second(person="ann", on=DAY), Outdated(recipient="ann")),
        (MovePod(person="ann", on=DAY, pod="south"), Outdated(recipient="ann")),
        (Return(person="ann", on=DAY), None),
        (NewManager(person="ann", on=DAY, name="Mo", email="mo@acme.example"), None),
        (SwapCoach(pod="north", on=DAY, coach="dan@coaches.example"), None),
    ],
)
def test_a_session_or_a_person_is_what_no_longer_holds(world: Any, change: Change, outdated: Outdated | None) -> None:
    """P3: what waits about a moved session, or for somebody who goes, is not sent as it is."""
    assert outdated == outdated_by(world.register(), change)


def test_a_stranger_outdates_nothing(world: Any) -> None:
    """Whoever is not there is an error, not a guess."""
    with pytest.raises(UsageError):
        outdated_by(world.register(), Withdraw(person="zoe", on=DAY))


def test_a_dispatch_is_covered_by_its_session_or_its_recipient(world: Any) -> None:
    """The session it speaks of counts wherever it is named."""
    prepared = world.prepared(world.automation("2 working days before session.starts, at 09:00"))
    window = (datetime(2027, 1, 14, tzinfo=UTC), datetime(2027, 1, 16, tzinfo=UTC))
    found = {dispatch.recipient: dispatch for dispatch in decide(prepared, world.register(), *window).dispatches}

    assert [True, False] == [Outdated(recipient=who).covers(found["ann"]) for who in ("ann", "ben")]
    assert [True, False] == [Outdated(session=s).covers(found["ann"]) for s in ("lead/north/1", "lead/north/2")]


def test_what_speaks_of_one_person_alone_is_covered_whoever_it_goes_to(world: Any) -> None:
    """P3: a manager hears nothing of somebody who has gone, and still hears of the others."""
    prepared = world.prepared(world.automation("2 working days before session.starts, at 09:00"))
    window = (datetime(2027, 1, 14, tzinfo=UTC), datetime(2027, 1, 16, tzinfo=UTC))
    mail = replace(decide(prepared, world.register(), *window).dispatches[0], recipient="mo")
    of_ann = Outdated(recipient="ann")
    spoken = (("ann",), ("ann", "ben"), ())

    assert [True, False, False] == [of_ann.covers(replace(mail, people=people)) for people in spoken]
