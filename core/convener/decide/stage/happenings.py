"""What may happen to a programme besides its rules: changes, registers, answers, going live; applied purely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from convener.decide.changes import Changed, apply_change
from convener.decide.changes.draft import person_of, session_of
from convener.decide.changes.live import go_live
from convener.decide.changes.outdated import Outdated, outdated_by
from convener.decide.changes.registers import read_row, record_rows
from convener.decide.prepared import Prepared
from convener.documents import nearest
from convener.errors import UsageError
from convener.model import Change, Commitment, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """The register of *session* comes in, whole or in part."""

    session: str
    statuses: Mapping[str, str]
    """Status of each participant, by id or address."""
    engagement: Mapping[str, int] = field(default_factory=dict)
    """What the coach saw of each, 1 to 5, by the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """*person* answers the poll they were asked about *subject*."""

    poll: str
    subject: str
    """Id of the session, pod or programme it is about."""
    person: str
    """Id or address."""


@dataclass(frozen=True, slots=True)
class GoLive:
    """The draft goes live."""


Happening = Change | Attended | Answered | GoLive
"""Whatever can happen on a stage."""


def happened(
    prepared: Prepared,
    register: Register,
    happening: Happening,
    at: datetime,
    *,
    commitments: Sequence[Commitment] = (),
) -> Changed:
    """Return what *happening* at *at* makes of *register*.

    Raise RefusedError when an inflexible rule stands against it, UsageError for what is not there.
    """
    match happening:
        case Attended():
            return _attended(prepared, register, happening, at)
        case Answered():
            return _answered(register, happening, at)
        case GoLive():
            return go_live(prepared, register, at)
        case _:
            return apply_change(prepared, register, happening, at, commitments=commitments)


def outdated_after(register: Register, happening: Happening) -> Outdated | None:
    """Return what *happening* makes untrue of what waits to be sent, None for nothing; only changes do."""
    return None if isinstance(happening, Attended | Answered | GoLive) else outdated_by(register, happening)


def _attended(prepared: Prepared, register: Register, what: Attended, at: datetime) -> Changed:
    session = session_of(register, what.session).id
    rows = [
        read_row(
            register,
            prepared.ruleset,
            {"email": who, "session": session, "status": status, "engagement": str(what.engagement.get(who, ""))},
            at=at,
            source="register",
        )
        for who, status in what.statuses.items()
    ]
    taken = record_rows(register, prepared.ruleset, rows, at=at)
    return Changed(register=taken.register, events=taken.events)


def _answered(register: Register, what: Answered, at: datetime) -> Changed:
    person = person_of(register, what.person)
    called = {person} | {known.id for known in register.people.values() if known.email == register.people[person].email}
    about = what.subject.removeprefix(f"{register.client}/")
    asked = {key: poll for key, poll in register.polls.items() if key[2] in called}
    mine = [key for key in asked if key[:2] == (what.poll, about)]
    if not mine:
        known = sorted({f"{poll} about {subject}" for poll, subject, _ in asked})
        wanted = f"{what.poll} about {about}"
        raise UsageError(f"{what.person!r} was not asked poll {wanted}", hint=nearest(wanted, known))
    if not any(asked[key].opened <= at < asked[key].closes for key in mine):
        raise UsageError(f"poll {what.poll} about {about} is not open to {what.person!r} at {at:%Y-%m-%d %H:%M} UTC")
    answered = {key: replace(asked[key], answered=asked[key].answered or at) for key in mine}
    return Changed(register=replace(register, polls={**register.polls, **answered}), events=())
