"""What a change makes of a register, and how the words of a change find their people, pods and sessions."""

from dataclasses import dataclass
from datetime import date

from convener.documents import closest, nearest
from convener.errors import UsageError
from convener.model import Event, ParticipantStatus, Register, Session, holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The register after a change."""

    register: Register
    events: tuple[Event, ...]
    """What happened; to be appended in the transaction that saves the register."""
    notes: tuple[str, ...] = ()
    """What a person should know: flexible rules breached, a pod grown small."""


def person_of(register: Register, wanted: str) -> str:
    """Return the id of the person that id or address *wanted* names; raise UsageError for a stranger."""
    if wanted in register.people:
        return wanted
    found = register.by_email(wanted)
    if found is None:
        near = closest(wanted, [person.email for person in register.people.values()])
        raise UsageError(
            f"there is no person {wanted!r} in {register.scope}", hint=f"did you mean {near!r}?" if near else ""
        )
    return found.id


def participant_of(register: Register, wanted: str, day: date) -> str:
    """Return the id of the participant *wanted*; raise UsageError unless they are enrolled on *day*."""
    matches = [row.person for row in register.enrolments if _is_called(register, row.person, wanted)]
    person = matches[0] if matches else person_of(register, wanted)
    if register.status_of(person, day) in (None, ParticipantStatus.WITHDRAWN):
        raise UsageError(f"{wanted!r} is not enrolled in {register.scope} on {day}")
    return person


def _is_called(register: Register, person: str, wanted: str) -> bool:
    known = register.people.get(person)
    return person == wanted or (known is not None and known.email.casefold() == wanted.casefold())


def pod_of(register: Register, wanted: str) -> str:
    """Return the id of the pod that id, scope or name *wanted* means; raise UsageError when there is none."""
    tail = wanted.removeprefix(f"{register.client}/")
    for pod in register.pods.values():
        if tail in (pod.id, pod.id.rpartition("/")[2]) or wanted.casefold() == pod.name.casefold():
            return pod.id
    raise UsageError(f"there is no pod {wanted!r} in {register.scope}", hint=nearest(tail, register.pods))


def session_of(register: Register, wanted: str) -> Session:
    """Return the session of id *wanted*; raise UsageError when there is none."""
    found = register.sessions.get(wanted.removeprefix(f"{register.client}/"))
    if found is None:
        raise UsageError(f"there is no session {wanted!r} in {register.scope}", hint=nearest(wanted, register.sessions))
    return found


def last_pod(register: Register, person: str, day: date) -> str | None:
    """Return the pod *person* sits in on *day*, else the one they left last."""
    seats = [row for row in register.memberships if row.person == person and row.since <= day]
    current = next((row.pod for row in seats if holds(row, day)), None)
    return current or max(((row.until or day, row.pod) for row in seats), default=(day, None))[1]
