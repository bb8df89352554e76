"""The demo as a whole."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from convener.engines import open_engine, workers_beside
from convener.model import DispatchState, SessionStatus, Verb
from convener.operations.demo import OPENING, play
from convener.operations.ledger import rows

pytestmark = pytest.mark.timeout(1200)  # with workers each turn of the year is several jobs
BESIDE = {"embedded": 0, "procrastinate": 1}
"""Workers besides this process, by engine."""


@pytest.fixture
def played(draft):
    """Play the year once, by the engine that the tests are run with; return the world, the steps and the summary."""
    assert draft.clock.now() == OPENING
    steps = []
    workspace = draft.workspace
    with (
        closing(open_engine(workspace)) as engine,
        workers_beside(workspace.folder, {}, BESIDE[workspace.settings.engine]),
    ):
        summary = play(workspace, draft.clock, engine, seed=1, tell=steps.append)
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
    assert all(Path(summary.places[what]).exists() for what in ("report", "mails and invites"))
    assert world.workspace.store.label == summary.places["ledger"]
    assert 2000 < steps[-1].dispatched <= states[DispatchState.SENT]
    assert "0" == dict(summary.rows)["held for a person to look at"]
