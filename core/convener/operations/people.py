"""`register`: who is in which pod, with which coach and manager, on any day (R1)."""

from dataclasses import dataclass
from datetime import date

from convener.errors import UsageError
from convener.model import Enrolment, Person, Register, on
from convener.operations.workspace import Scope, Workspace, local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One participant as the register has them on a day."""

    id: str
    name: str
    email: str
    status: str
    pod: str | None
    coach: str | None
    """Address of the pod's coach."""
    manager: str | None
    """Address of the line manager in post."""
    since: date
    until: date | None


def register_rows(workspace: Workspace, scope: str, *, as_of: date | None = None) -> tuple[date, list[RegisterRow]]:
    """Return the day asked for and the participants of *scope* on it, by name."""
    where = Scope.parse(scope)
    ruleset = workspace.rules.ruleset(where.of_programme)
    day = as_of or local_day(workspace.clock.now(), ruleset)
    with workspace.store.begin() as tx:
        register = tx.load(ruleset.client, ruleset.programme)
    rows = [_row(register, enrolment, day) for enrolment in on(register.enrolments, day)]
    chosen = [row for row in rows if not where.pod or row.pod == where.pod_id]
    return day, sorted(chosen, key=lambda row: (row.pod or "", row.name))


def _row(register: Register, enrolment: Enrolment, day: date) -> RegisterRow:
    person = register.people[enrolment.person]
    pod = register.pod_of(person.id, day)
    return RegisterRow(
        id=person.id,
        name=person.name,
        email=person.email,
        status=enrolment.status,
        pod=pod,
        coach=_address(register, register.coach_of(pod, day) if pod else None),
        manager=_address(register, register.manager_of(person.id, day)),
        since=enrolment.since,
        until=enrolment.until,
    )


def _address(register: Register, person: str | None) -> str | None:
    return register.people[person].email if person else None


def find_person(register: Register, who: str) -> Person:
    """Return the person with that address or id; raise UsageError with the nearest address otherwise."""
    found = register.by_email(who) or register.people.get(who)
    if found is None:
        raise UsageError(
            f"nobody in {register.scope} has the address or id {who!r}",
            hint=f"see: convener register {register.scope}",
        )
    return found
