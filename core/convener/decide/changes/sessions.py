"""Changes about a pod's sessions and coach."""

from dataclasses import replace
from datetime import UTC, datetime

from convener.decide.changes.draft import Changed, person_of, pod_of, session_of
from convener.decide.changes.rows import switched
from convener.errors import UsageError
from convener.model import CancelSession, Coaching, MoveSession, Register, SessionStatus, SwapCoach, event_of

FIXED = frozenset({SessionStatus.HELD, SessionStatus.CANCELLED})


def move_session(register: Register, change: MoveSession, at: datetime) -> Changed:
    """Let a session take place at another time, of the same length unless `ends` says otherwise."""
    session = session_of(register, change.session)
    if change.starts.tzinfo is None or (change.ends is not None and change.ends.tzinfo is None):
        raise UsageError("a session moves to an instant with its offset", hint="for example 2027-03-02T09:00+00:00")
    if session.status in FIXED or session.starts is None or session.ends is None:
        raise UsageError(f"session {session.id} is {session.status.value} and cannot be moved")
    starts = change.starts.astimezone(UTC)
    ends = change.ends.astimezone(UTC) if change.ends else starts + (session.ends - session.starts)
    if starts <= at:
        raise UsageError(f"session {session.id} cannot move into the past")
    if ends <= starts:
        raise UsageError(f"session {session.id} would end before it begins")
    if (starts, ends) == (session.starts, session.ends):
        raise UsageError(f"session {session.id} already takes place then")
    event = event_of(
        "session.moved", register.scope, session.id, at=at,
        starts_before=session.starts.astimezone(UTC).isoformat(), starts=starts.isoformat(),
    )  # fmt: skip
    return Changed(register=register.with_session(replace(session, starts=starts, ends=ends)), events=(event,))


def cancel_session(register: Register, change: CancelSession, at: datetime) -> Changed:
    """Call a session off for good; its number and topic are not given to another."""
    session = session_of(register, change.session)
    if session.status in FIXED:
        raise UsageError(f"session {session.id} is {session.status.value} and cannot be called off")
    if session.starts is not None and session.starts <= at:
        raise UsageError(
            f"session {session.id} has begun and cannot be called off",
            hint="say in its register who was there; not-applicable counts for nobody",
        )
    if not change.reason.strip():
        raise UsageError("a session is called off with a reason", hint="for example --reason 'the coach is ill'")
    event = event_of("session.cancelled", register.scope, session.id, at=at)
    after = register.with_session(replace(session, status=SessionStatus.CANCELLED))
    return Changed(register=after, events=(event,))


def swap_coach(register: Register, change: SwapCoach, at: datetime) -> Changed:
    """Give a pod another coach from the day."""
    pod = pod_of(register, change.pod)
    coach = person_of(register, change.coach)
    if register.coaches and coach not in register.coaches:
        raise UsageError(f"{change.coach!r} is not one of the coaches of {register.scope}")
    before = register.coach_of(pod, change.on)
    if before == coach:
        raise UsageError(f"{change.coach!r} already coaches {pod} on {change.on}")
    row = Coaching(pod=pod, coach=coach, since=change.on)
    after = replace(register, coachings=switched(register.coachings, lambda old: old.pod == pod, row))
    event = event_of("coach.changed", register.scope, pod, at=at, person=coach, on=change.on.isoformat())
    return Changed(register=after, events=(event,))
