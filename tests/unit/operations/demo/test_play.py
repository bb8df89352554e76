"""The demo as a whole."""

from collections import Counter

import pytest

from convener.model import DispatchState, SessionStatus, Verb
from convener.operations.demo import OPENING, play
from convener.operations.ledger import rows


@pytest.fixture
def played(draft):
    """Play the year once; return the world, the steps and the summary."""
    assert draft.clock.now() == OPENING
    steps = []
    summary = play(draft.workspace, draft.clock, seed=1, tell=steps.append)
    return draft, steps, summary


def test_the_year_holds_every_session_and_loses_nothing(played) -> None:
    """Forty-five registers come in; all that was planned was sent, called off or recorded as missed (N4)."""
    world, steps, summary = played
    states = Counter(row.state for row in rows(world.workspace))
    verbs = Counter(row.dispatch.verb for row in rows(world.workspace))

    assert {SessionStatus.HELD} == {session.status for session in world.register.sessions.values()}
    assert set(states) <= {DispatchState.SENT, DispatchState.CANCELLED, DispatchState.MISSED}
    assert states[DispatchState.SENT] > 2000
    assert {Verb.SEND, Verb.POLL, Verb.REPORT, Verb.INVITE} == set(verbs)
    assert 50 <= len(steps)
    assert all(place.exists() for place in summary.places.values())
    assert "0" == dict(summary.rows)["held for a person to look at"]
