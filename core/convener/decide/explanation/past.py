"""The register as it stood at an instant: what became known later is taken out again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from convener.model import PollRequest, Register, Session, SessionStatus

_BY_EVENT = {"session.held": SessionStatus.HELD, "session.cancelled": SessionStatus.CANCELLED}


def as_it_stood(register: Register, instant: datetime) -> Register:
    """Return *register* without the attendance, the ends of sessions and the answers that came after *instant*.

    Rows that say from when they hold stay, and a session that was moved keeps its new time.
    """
    later = [event for event in register.events if event.at > instant]
    recorded = {(event.subject, event.person) for event in later if event.name == "attendance.recorded"}
    earlier = {
        (event.subject, event.person)
        for event in register.events
        if event.at <= instant and event.name == "attendance.recorded"
    }
    ended = {event.subject: _BY_EVENT[event.name] for event in later if event.name in _BY_EVENT}
    return replace(
        register,
        attendance={key: row for key, row in register.attendance.items() if key not in recorded - earlier},
        sessions={key: _reopened(session, ended) for key, session in register.sessions.items()},
        polls={key: _unanswered(poll, instant) for key, poll in register.polls.items() if poll.opened <= instant},
        events=tuple(event for event in register.events if event.at <= instant),
    )


def _reopened(session: Session, ended: Mapping[str, SessionStatus]) -> Session:
    known = ended.get(session.id)
    return replace(session, status=SessionStatus.CONFIRMED) if known and session.status is known else session


def _unanswered(poll: PollRequest, instant: datetime) -> PollRequest:
    return replace(poll, answered=None) if poll.answered is not None and poll.answered > instant else poll
