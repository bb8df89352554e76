"""The story of the demo: what happens in the year besides what the rules make happen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from convener.errors import RefusedError
from convener.model import (
    Change,
    MoveSession,
    NewManager,
    Register,
    Return,
    Second,
    Session,
    SessionStatus,
    Withdraw,
)
from convener.operations.change import change
from convener.operations.workspace import Workspace

CLIENT = "northern-health"
SCOPE = "northern-health/primary-care"
OPENING = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When the story begins: seven weeks before the programme starts."""
GO_LIVE = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
AFTERWARDS = timedelta(weeks=4)
"""How long the story goes on after the last session, so that the evaluation goes out."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that happens at an instant; *happen* does it and says it in words."""

    at: datetime
    happen: Callable[[Workspace], str]


def turns(register: Register) -> list[Turn]:
    """Return what happens besides sessions: people leave, are seconded, come back, change manager; a day moves."""
    leaves, seconded, reports = (_person(register, index) for index in (5, 13, 21))
    gone = Withdraw(person=leaves, on=date(2027, 4, 12), reason="new post")
    away = Second(person=seconded, on=date(2027, 5, 3), zone="Europe/Lisbon")
    back = Return(person=seconded, on=date(2027, 9, 6), zone="Europe/London")
    return [
        Turn(_morning(2027, 4, 12), partial(_changed, what=gone)),
        Turn(_morning(2027, 5, 3), partial(_changed, what=away)),
        Turn(_morning(2027, 6, 7), partial(_changed, what=_new_manager(register, reports))),
        Turn(_morning(2027, 7, 5), _move_a_session),
        Turn(_morning(2027, 9, 6), partial(_changed, what=back)),
    ]


def _morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 8, 5, tzinfo=UTC)


def _person(register: Register, index: int) -> str:
    return register.people[sorted(row.person for row in register.enrolments)[index]].email


def _new_manager(register: Register, person: str) -> NewManager:
    """Another manager of the same organisation takes over."""
    day = date(2027, 6, 7)
    found = register.by_email(person)
    current = register.manager_of(found.id, day) if found else None
    other = next(row.manager for row in register.managements if row.manager != current)
    manager = register.people[other]
    return NewManager(person=person, on=day, name=manager.name, email=manager.email)


def _changed(workspace: Workspace, what: Change) -> str:
    change(workspace, SCOPE, what)
    words: dict[type[Change], str] = {
        Withdraw: "one participant withdraws",
        Second: "one participant is seconded to another time zone",
        NewManager: "one participant gets another line manager",
        Return: "the seconded participant comes back",
        MoveSession: "one session moves",
    }
    return words.get(type(what), "the register changes")


def _move_a_session(workspace: Workspace) -> str:
    """Move the next session of the first set to the nearest later day that every inflexible rule allows."""
    now = workspace.clock.now()
    with workspace.store.begin() as tx:
        register = tx.load(*SCOPE.split("/"))
    pod = min(register.pods)
    session = next(s for s in register.sessions_of(pod) if s.status is SessionStatus.CONFIRMED and _starts(s) > now)
    for starts in _later(session):
        try:
            change(workspace, SCOPE, MoveSession(session=session.id, starts=starts))
        except RefusedError:
            continue
        return f"session {session.number} of {register.pods[pod].name} moves to {starts.day} {starts:%B}"
    return f"session {session.number} of {register.pods[pod].name} could not be moved"


def _starts(session: Session) -> datetime:
    return session.starts or datetime.max.replace(tzinfo=UTC)


def _later(session: Session) -> Iterable[datetime]:
    """Return the same time of day on the days after the session's, on its own wall clock."""
    zone = ZoneInfo(session.zone)
    local = _starts(session).astimezone(zone)
    days = (local.date() + timedelta(days=ahead) for ahead in range(1, 22))
    return (datetime.combine(day, time(local.hour, local.minute), zone) for day in days)
