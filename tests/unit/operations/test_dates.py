"""Proposing, accepting and moving dates."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from convener.errors import RefusedError, UsageError
from convener.model import SessionStatus
from convener.operations import dates, pods
from convener.operations.sync import sync

SCOPE = "northern-health/primary-care"


def test_without_pods_there_are_no_dates(draft) -> None:
    """The message names the commands that come first."""
    sync(draft.workspace, "northern-health")
    with pytest.raises(UsageError) as caught:
        dates.propose(draft.workspace, SCOPE)

    assert "convener pods propose" in caught.value.hint


def test_one_poll_yields_nine_dates_for_every_pod(live) -> None:
    """Five pods have nine confirmed sessions each, in order (R10)."""
    sessions = live.register.sessions.values()

    assert {9} == set(Counter(session.pod for session in sessions).values())
    assert {SessionStatus.CONFIRMED} == {session.status for session in sessions}


def test_a_file_of_answers_can_be_named(draft, tmp_path: Path) -> None:
    """`--answers` reads a file instead of asking the polls connector (R10)."""
    sync(draft.workspace, "northern-health")
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    copy = tmp_path / "answers.csv"
    copy.write_bytes((draft.workspace.folder / "data" / "northern-health-availability.csv").read_bytes())
    found, _ = dates.propose(draft.workspace, SCOPE, answers=copy)

    assert 45 == len(found.sessions)
    assert all(session.why for session in found.sessions)


def test_accepting_twice_tells_nobody_twice(live) -> None:
    """A second acceptance of the same dates makes no event."""
    before = len(live.register.events)
    dates.accept(live.workspace, SCOPE)

    assert before == len(live.register.events)


def test_a_move_is_one_event(live) -> None:
    """A moved session keeps its length and its status (R12, P4)."""
    session = live.register.sessions["primary-care/tyneside/5"]
    to = next(
        to for ahead in range(1, 30) if (to := session.starts + timedelta(days=ahead)) and allowed(live, session.id, to)
    )
    dates.move(live.workspace, f"northern-health/{session.id}", to=to)
    moved = live.register.sessions[session.id]

    assert (to, session.ends - session.starts) == (moved.starts, moved.ends - moved.starts)
    assert 1 == sum(event.name == "session.moved" for event in live.register.events)


def allowed(world, session: str, to) -> bool:
    """Tell whether every inflexible rule allows *session* to start at *to*."""
    try:
        dates.move(world.workspace, f"northern-health/{session}", to=to, dry_run=True)
    except RefusedError:
        return False
    return True


def test_a_move_onto_the_session_before_is_refused_by_name(live) -> None:
    """Sessions keep the gap that the pack makes inflexible (R10, R27)."""
    register = live.register
    fourth = register.sessions["primary-care/tyneside/4"]
    with pytest.raises(RefusedError) as caught:
        dates.move(live.workspace, "northern-health/primary-care/tyneside/5", to=fourth.starts + timedelta(days=1))

    assert "gap" in caught.value.rules
    assert register.sessions == live.register.sessions


def test_accepting_can_be_rehearsed(draft) -> None:
    """`--dry-run` counts the sessions and dates none."""
    sync(draft.workspace, "northern-health")
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    dates.propose(draft.workspace, SCOPE)
    rehearsed = dates.accept(draft.workspace, SCOPE, dry_run=True)

    assert 45 == sum(session.starts is not None for session in rehearsed.sessions.values())
    assert {None} == {session.starts for session in draft.register.sessions.values()}
