"""Accepting and moving dates."""

import csv
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from convener.errors import RefusedError
from convener.model import SessionStatus
from convener.operations import dates, pods
from convener.operations.sync import sync
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"


def test_one_poll_yields_nine_dates_for_every_pod(live) -> None:
    """Five pods have nine confirmed sessions each, in order (R10)."""
    sessions = live.register.sessions.values()

    assert {9} == set(Counter(session.pod for session in sessions).values())
    assert {SessionStatus.CONFIRMED} == {session.status for session in sessions}


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


def refuse(folder: Path, addresses: set[str], header: str) -> None:
    """Let *addresses* answer no to one slot of the dates poll."""
    path = folder / "data" / "northern-health-availability.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {header: "no"} if row["email"] in addresses else row for row in rows)


@pytest.fixture
def replanned(live):
    """Return a live programme, invites sent, whose fifth session in Tyneside has lost its quorum and is re-planned."""
    tick(live.workspace)
    register = live.register
    session = register.sessions["primary-care/tyneside/5"]
    members = register.members("primary-care/tyneside", session.starts.date())
    refuse(live.workspace.folder, {register.people[each].email for each in members}, session.starts.date().isoformat())
    dates.propose(live.workspace, SCOPE, replan=True)
    return live


def test_what_must_move_moves_and_nothing_else(replanned) -> None:
    """Accepting a re-planning is one `session.moved` for each session that moves (R12)."""
    before = replanned.register
    moved = dates.show(replanned.workspace, SCOPE)[0].moved
    dates.accept(replanned.workspace, SCOPE)
    after = replanned.register
    events = [event.subject for event in after.events[len(before.events) :]]

    assert "primary-care/tyneside/5" in moved
    assert sorted(moved) == sorted(events)
    assert set(moved) == {name for name, each in after.sessions.items() if each.starts != before.sessions[name].starts}


def test_only_those_whose_session_moves_hear_of_it(replanned) -> None:
    """Invites of sessions that keep their date are silent; each of the others is updated once (P4)."""
    moved = dates.show(replanned.workspace, SCOPE)[0].moved
    dates.accept(replanned.workspace, SCOPE)
    replanned.clock.move_to(replanned.clock.now() + timedelta(minutes=5))
    planned = [each for each in tick(replanned.workspace).planned if each.automation == "invites"]
    again = [each for each in tick(replanned.workspace).planned if each.automation == "invites"]

    assert set(moved) == {each.subject for each in planned}
    assert {1} == set(Counter((each.subject, each.recipient) for each in planned).values())
    assert [] == again
