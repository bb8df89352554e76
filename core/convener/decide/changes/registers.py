"""Registers of sessions: who was there, as rows come in, and when that makes a session held."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from convener.decide.changes.draft import person_of
from convener.decide.facts import EXCUSED
from convener.decide.moments.timing import local
from convener.errors import UsageError
from convener.model import (
    Attendance,
    Event,
    ParticipantStatus,
    PollRequest,
    Register,
    Session,
    SessionStatus,
    event_of,
)
from convener.rulesets.kinds import AttendanceStatus
from convener.rulesets.ruleset import Ruleset

ENGAGEMENT = range(1, 6)
"""What a coach may say of a participant's engagement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A register with attendance taken in, and what became of the rows."""

    register: Register
    events: tuple[Event, ...]
    recorded: int = 0
    changed: int = 0
    unchanged: int = 0
    held: tuple[str, ...] = ()
    """Sessions whose register is complete by now."""
    incomplete: tuple[str, ...] = ()
    """Sessions that still lack someone; nobody is silently marked absent."""


def record_rows(register: Register, ruleset: Ruleset, rows: Iterable[Attendance], *, at: datetime) -> Recorded:
    """Return *register* with *rows*; a session is held once everyone expected has a status."""
    attendance, events = dict(register.attendance), list[Event]()
    counts: Counter[str] = Counter()
    touched: dict[str, None] = {}
    for row in rows:
        known = attendance.get((row.session, row.person))
        same = known is not None and _said(known) == _said(row)
        counts["unchanged" if same else "changed" if known else "recorded"] += 1
        touched[row.session] = None
        if not same:
            attendance[row.session, row.person] = row
            events.append(event_of("attendance.recorded", register.scope, row.session, at=at, person=row.person))
    after = replace(register, attendance=attendance)
    for session in touched:
        after, happened = _held_if_whole(after, ruleset, session, at=at)
        events.extend(happened)
    whole = tuple(s for s in touched if after.sessions[s].status is SessionStatus.HELD)
    return Recorded(
        register=after,
        events=tuple(events),
        recorded=counts["recorded"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        held=whole,
        incomplete=tuple(s for s in touched if s not in whole),
    )


def expected(register: Register, ruleset: Ruleset, session: Session) -> list[str]:
    """Return ids of the active members of the session's pod on its day."""
    if session.starts is None:
        return []
    day = local(session.starts, ruleset.zone).date()
    active = ParticipantStatus.ACTIVE
    return [id_ for id_ in register.members(session.pod, day) if register.status_of(id_, day) is active]


def without_status(register: Register, ruleset: Ruleset, session: Session) -> list[str]:
    """Return ids of those the register of *session* must speak of and does not."""
    return [id_ for id_ in expected(register, ruleset, session) if (session.id, id_) not in register.attendance]


def read_row(
    register: Register, ruleset: Ruleset, values: Mapping[str, str], *, at: datetime, source: str
) -> Attendance:
    """Understand one row as written at *at*; raise UsageError saying what is wrong.

    *values* are email, session, status and perhaps engagement and note. People match by address or id, never by
    name (P11); a session by its id, or by its number among those of the person's pod.
    """
    person = _participant(register, values.get("email", ""))
    session = _session(register, ruleset, person, values.get("session", ""))
    status = _status(ruleset, values.get("status", ""))
    _refuse_early(session, status, at)
    if person not in expected(register, ruleset, session):
        address = register.people[person].email
        raise UsageError(f"{address} was not a member of {session.pod} on the day of session {session.number}")
    return Attendance(
        session=session.id,
        person=person,
        status=status,
        engagement=_engagement(values.get("engagement", "")),
        note=values.get("note", ""),
        source=source,
    )


def _refuse_early(session: Session, status: str, at: datetime) -> None:
    """Raise UsageError for what nobody can know yet: before a session is over, apologies are all there is to record."""
    if session.ends is None or (session.ends > at and status != EXCUSED):
        hint = f"{EXCUSED!r} can be recorded beforehand" if session.ends else "agree its date first"
        raise UsageError(f"session {session.id} is not over yet", hint=hint)


def _participant(register: Register, wanted: str) -> str:
    """Return the id of the participant called *wanted*, who may be somebody's manager under another id."""
    enrolled = sorted({row.person for row in register.enrolments if row.person in register.people})
    named = wanted.casefold()
    found = (id_ for id_ in enrolled if id_ == wanted or register.people[id_].email.casefold() == named)
    return next(found, None) or person_of(register, wanted)


def _said(row: Attendance) -> tuple[str, int | None, str]:
    return (row.status, row.engagement, row.note)


def _held_if_whole(
    register: Register, ruleset: Ruleset, session_id: str, *, at: datetime
) -> tuple[Register, list[Event]]:
    session = register.sessions[session_id]
    is_over = session.ends is not None and session.ends <= at
    if session.status is SessionStatus.HELD or not is_over or without_status(register, ruleset, session):
        return register, []
    polls = {key: _answered(request, ruleset, session_id, at) for key, request in register.polls.items()}
    held = replace(register.with_session(replace(session, status=SessionStatus.HELD)), polls=polls)
    return held, [event_of("session.held", register.scope, session_id, at=at)]


def _answered(request: PollRequest, ruleset: Ruleset, session: str, at: datetime) -> PollRequest:
    """Mark the coach's register poll of *session* answered."""
    is_register = ruleset.polls[request.poll].kind == "register" if request.poll in ruleset.polls else False
    open_here = is_register and request.subject == session and request.answered is None
    return replace(request, answered=at) if open_here else request


def _session(register: Register, ruleset: Ruleset, person: str, named: str) -> Session:
    """Find a session by its id, or by its number among the pods the person was in on the day."""
    if named in register.sessions:
        return register.sessions[named]
    numbered = [s for s in register.sessions.values() if str(s.number) == named and s.starts]
    mine = [s for s in numbered if person in expected(register, ruleset, s)]
    if len(mine) == 1:
        return mine[0]
    why = "no dated session" if not mine else f"{len(mine)} sessions"
    raise UsageError(f"{why} numbered {named!r} with this person in its pod")


def _status(ruleset: Ruleset, status: str) -> str:
    known = [name for _, terms in ruleset.rules_of(AttendanceStatus) for name in terms.statuses]
    if status not in known:
        raise UsageError(f"{status!r} is not a status", hint=f"statuses: {', '.join(known)}")
    return status


def _engagement(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or int(text) not in ENGAGEMENT:
        raise UsageError(f"engagement is {text!r}, not a whole number from 1 to 5")
    return int(text)
