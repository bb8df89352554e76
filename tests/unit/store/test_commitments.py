"""What coaches carry elsewhere."""

from dataclasses import replace
from datetime import date, timedelta

from convener.model import Coaching, Commitment, Pod, ProgrammeState, Register, Session, SessionStatus
from convener.store import Store

CAT, CY = "cat@north.example", "cy@north.example"


def _elsewhere(rich: Register) -> Register:
    """Make another client's programme in which Cat has the pod until autumn and Cy from then on."""
    held = rich.sessions["care/tyne/1"]
    assert held.starts is not None
    assert held.ends is not None
    confirmed = SessionStatus.CONFIRMED
    sessions = [
        replace(held, number=2, status=confirmed, starts=held.starts + timedelta(100), ends=held.ends + timedelta(100)),
        replace(held, number=3, status=confirmed, starts=held.starts + timedelta(300), ends=held.ends + timedelta(300)),
        replace(held, number=4, status=SessionStatus.CANCELLED),
        Session(pod=held.pod, number=5, topic="Open"),
    ]
    return replace(
        rich, client="south", sessions={session.id: session for session in sessions}, attendance={}, polls={}
    )


def test_pods_and_sessions_of_other_clients_count(store: Store, empty: Register, rich: Register) -> None:
    """A coach's sessions never overlap across clients, so planning sees them, each in the coach's own time."""
    other = _elsewhere(rich)
    with store.begin() as tx:
        tx.save(empty, rich)
        tx.save(replace(empty, client="south"), other)
        found = tx.commitments("north/care", date(2027, 1, 1))
    (spring, autumn) = (other.sessions[f"care/tyne/{number}"] for number in (2, 3))

    assert spring.starts
    assert spring.ends
    assert autumn.starts
    assert autumn.ends
    assert [
        Commitment(coach=CAT, pods=1, sessions=((spring.starts, spring.ends),)),
        Commitment(coach=CY, pods=1, sessions=((autumn.starts, autumn.ends),)),
    ] == found


def test_the_past_and_closed_programmes_do_not_count(store: Store, empty: Register, rich: Register) -> None:
    """What is over leaves a coach free."""
    other = _elsewhere(rich)
    later = replace(
        other,
        programme="later",
        state=ProgrammeState.CLOSED,
        pods={"x": Pod(id="x", name="x")},
        memberships=(),
        sessions={},
        coachings=(Coaching(pod="x", coach=CY, since=date(2027, 1, 1)),),
    )
    with store.begin() as tx:
        tx.save(replace(empty, client="south"), other)
        tx.save(replace(empty, client="south", programme="later"), later)

        assert [CY] == [one.coach for one in tx.commitments("north/care", date(2027, 9, 1))]
        assert [1] == [one.pods for one in tx.commitments("north/care", date(2027, 9, 1))]
        assert [()] == [one.sessions for one in tx.commitments("north/care", date(2028, 1, 1))]
        assert [] == tx.commitments("south/care", date(2027, 1, 1))
