"""`attendance`: registers in, from a file or by hand, and who has not sent one (R15, R16)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

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
from convener.operations.people import find_person
from convener.operations.roster import Refusal
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.ports import Table
from convener.rulesets.kinds import AttendanceStatus
from convener.rulesets.ruleset import Ruleset

ENGAGEMENT = range(1, 6)
"""What a coach may say of a participant's engagement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceReport:
    """What became of the rows of a register."""

    recorded: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    held: tuple[str, ...] = ()
    """Sessions whose register is complete by now."""
    incomplete: tuple[str, ...] = ()
    """Sessions that still lack someone; nobody is silently marked absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRegister:
    """A session that is over and whose register is not in, or not whole."""

    session: str
    coach: str | None
    """Address of the coach."""
    ended: datetime
    people: tuple[str, ...]
    """Addresses of those without a status."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The register with attendance taken in."""

    register: Register
    events: tuple[Event, ...]
    report: AttendanceReport


def import_file(workspace: Workspace, scope: str, path: Path, *, dry_run: bool = False) -> AttendanceReport:
    """Take a register file in: columns email, session, status and perhaps engagement and note; idempotent."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    table = workspace.connectors.roster(ruleset.stack["roster"][0]).read_roster(str(path))
    _refuse_header(table)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme, notes=True)
        at = moment(workspace.clock, before)
        rows, refused = _understood(table, before, ruleset, at)
        taken = record_rows(before, ruleset, rows, at=at)
        tx.save(before, taken.register, taken.events)
    return replace(taken.report, refused=tuple(refused))


def record(
    workspace: Workspace,
    scope: str,
    statuses: Mapping[str, str],
    *,
    engagement: Mapping[str, int] | None = None,
    dry_run: bool = False,
) -> AttendanceReport:
    """Record statuses by address for one session; raise UsageError for what the register does not know."""
    where = Scope.parse(scope)
    ruleset = workspace.rules.ruleset(where.of_programme)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        before = tx.load(ruleset.client, ruleset.programme, notes=True)
        at = moment(workspace.clock, before)
        rows = [
            _row(
                before, ruleset, at, {"email": who, "session": where.session_id, "status": status}, "attendance record"
            )
            for who, status in statuses.items()
        ]
        levels = {find_person(before, who).id: level for who, level in (engagement or {}).items()}
        rows = [replace(row, engagement=levels.get(row.person, row.engagement)) for row in rows]
        taken = record_rows(before, ruleset, rows, at=at)
        tx.save(before, taken.register, taken.events)
    return taken.report


def missing(workspace: Workspace, scope: str) -> list[MissingRegister]:
    """Return the sessions of *scope* that are over and lack a status for someone expected, oldest first."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = tx.load(ruleset.client, ruleset.programme)
    now = moment(workspace.clock, register)
    over = [s for s in register.sessions.values() if s.status is SessionStatus.CONFIRMED and s.ends and s.ends <= now]
    found = [_missing(register, ruleset, session) for session in over]
    return sorted(found, key=lambda row: row.ended)


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
    partial = tuple(s for s in touched if s not in whole)
    report = AttendanceReport(
        recorded=counts["recorded"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        held=whole,
        incomplete=partial,
    )
    return Recorded(after, tuple(events), report)


def expected(register: Register, ruleset: Ruleset, session: Session) -> list[str]:
    """Return ids of the active members of the session's pod on its day."""
    if session.starts is None:
        return []
    day = local_day(session.starts, ruleset)
    active = ParticipantStatus.ACTIVE
    return [id_ for id_ in register.members(session.pod, day) if register.status_of(id_, day) is active]


def _said(row: Attendance) -> tuple[str, int | None, str]:
    return (row.status, row.engagement, row.note)


def _held_if_whole(
    register: Register, ruleset: Ruleset, session_id: str, *, at: datetime
) -> tuple[Register, list[Event]]:
    session = register.sessions[session_id]
    if session.status is SessionStatus.HELD or _without_status(register, ruleset, session):
        return register, []
    polls = {key: _answered(request, ruleset, session_id, at) for key, request in register.polls.items()}
    held = replace(register.with_session(replace(session, status=SessionStatus.HELD)), polls=polls)
    return held, [event_of("session.held", register.scope, session_id, at=at)]


def _answered(request: PollRequest, ruleset: Ruleset, session: str, at: datetime) -> PollRequest:
    """Mark the coach's register poll of *session* answered."""
    is_register = ruleset.polls[request.poll].kind == "register" if request.poll in ruleset.polls else False
    open_here = is_register and request.subject == session and request.answered is None
    return replace(request, answered=at) if open_here else request


def _without_status(register: Register, ruleset: Ruleset, session: Session) -> list[str]:
    return [id_ for id_ in expected(register, ruleset, session) if (session.id, id_) not in register.attendance]


def _missing(register: Register, ruleset: Ruleset, session: Session) -> MissingRegister:
    ended = session.ends or datetime.max.replace(tzinfo=UTC)
    coach = register.coach_of(session.pod, local_day(ended, ruleset))
    return MissingRegister(
        session=session.id,
        coach=register.people[coach].email if coach else None,
        ended=ended,
        people=tuple(register.people[id_].email for id_ in _without_status(register, ruleset, session)),
    )


def _refuse_header(table: Table) -> None:
    absent = [name for name in ("email", "session", "status") if name not in table.header]
    if absent:
        raise UsageError(
            f"{table.source} has no column {' and no column '.join(absent)}",
            hint="a register has the columns email, session, status and perhaps engagement and note",
        )


def _understood(
    table: Table, register: Register, ruleset: Ruleset, at: datetime
) -> tuple[list[Attendance], list[Refusal]]:
    rows: list[Attendance] = []
    refused: list[Refusal] = []
    for row in table.rows:
        try:
            rows.append(_row(register, ruleset, at, row.values, f"{table.source}:{row.line}"))
        except UsageError as error:
            refused.append(Refusal(line=row.line, reason=str(error)))
    return rows, refused


def _row(register: Register, ruleset: Ruleset, at: datetime, values: Mapping[str, str], source: str) -> Attendance:
    """Understand one row; raise UsageError saying what is wrong. People match by address or id, never by name (P11)."""
    person = find_person(register, values.get("email", ""))
    session = _session(register, ruleset, person.id, values.get("session", ""))
    if session.ends is None or session.ends > at:
        raise UsageError(f"session {session.id} is not over yet")
    if person.id not in expected(register, ruleset, session):
        raise UsageError(f"{person.email} was not a member of {session.pod} on the day of session {session.number}")
    return Attendance(
        session=session.id,
        person=person.id,
        status=_status(ruleset, values.get("status", "")),
        engagement=_engagement(values.get("engagement", "")),
        note=values.get("note", ""),
        source=source,
    )


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
