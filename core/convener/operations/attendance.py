"""`attendance`: registers in, from a file or by hand, and who has not sent one (R15, R16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from convener.decide.changes.registers import Recorded, read_row, record_rows, without_status
from convener.errors import UsageError
from convener.model import Attendance, Register, Session, SessionStatus
from convener.operations.people import find_person
from convener.operations.roster import Refusal
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.ports import Table
from convener.rulesets.ruleset import Ruleset


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
    return _report(taken, refused)


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
            read_row(
                before,
                ruleset,
                {"email": who, "session": where.session_id, "status": status},
                at=at,
                source="attendance record",
            )
            for who, status in statuses.items()
        ]
        levels = {find_person(before, who).id: level for who, level in (engagement or {}).items()}
        rows = [replace(row, engagement=levels.get(row.person, row.engagement)) for row in rows]
        taken = record_rows(before, ruleset, rows, at=at)
        tx.save(before, taken.register, taken.events)
    return _report(taken)


def missing(workspace: Workspace, scope: str) -> list[MissingRegister]:
    """Return the sessions of *scope* that are over and lack a status for someone expected, oldest first."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = tx.load(ruleset.client, ruleset.programme)
    now = moment(workspace.clock, register)
    over = [s for s in register.sessions.values() if s.status is SessionStatus.CONFIRMED and s.ends and s.ends <= now]
    found = [_missing(register, ruleset, session) for session in over]
    return sorted(found, key=lambda row: row.ended)


def _report(taken: Recorded, refused: Iterable[Refusal] = ()) -> AttendanceReport:
    return AttendanceReport(
        recorded=taken.recorded,
        changed=taken.changed,
        unchanged=taken.unchanged,
        refused=tuple(refused),
        held=taken.held,
        incomplete=taken.incomplete,
    )


def _missing(register: Register, ruleset: Ruleset, session: Session) -> MissingRegister:
    ended = session.ends or datetime.max.replace(tzinfo=UTC)
    coach = register.coach_of(session.pod, local_day(ended, ruleset))
    return MissingRegister(
        session=session.id,
        coach=register.people[coach].email if coach else None,
        ended=ended,
        people=tuple(register.people[id_].email for id_ in without_status(register, ruleset, session)),
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
            rows.append(read_row(register, ruleset, row.values, at=at, source=f"{table.source}:{row.line}"))
        except UsageError as error:
            refused.append(Refusal(line=row.line, reason=str(error)))
    return rows, refused
