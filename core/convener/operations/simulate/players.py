"""The people of a rehearsed year: they answer, send registers and leave as their seed has it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import partial

from convener.decide.changes.registers import expected
from convener.decide.moments.timing import local, wall
from convener.decide.stage.happenings import Answered, Attended, Happening
from convener.decide.stage.play import Beat, Stage
from convener.model import (
    ParticipantStatus,
    PollRequest,
    Return,
    Second,
    Session,
    SessionStatus,
    Verb,
    Withdraw,
)
from convener.operations.behaviour import Behaviour
from convener.operations.simulate.turns import Turn

MORNING = time(9, 5)
"""When somebody leaves or comes back, on the programme's wall clock."""
NOBODY = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Players:
    """Seeded people, and what is left to a file of recorded events."""

    behaviour: Behaviour
    drop_outs: Fraction = NOBODY
    """Which share of the participants withdraws."""
    secondments: Fraction = NOBODY
    """Which share is away for some weeks."""
    recorded: Collection[str] = field(default=())
    """Ids of sessions whose register somebody has written down."""
    told: Collection[tuple[str, str, str]] = field(default=())
    """Polls, subjects and persons whose answer somebody has written down."""

    def opening(self, stage: Stage, until: datetime) -> list[Turn]:
        """Return what is to come as the stage stands, up to *until*."""
        polls = [poll for poll in stage.register.polls.values() if poll.answered is None]
        return [
            *self.registers(stage, stage.register.sessions.values()),
            *self.answers(stage, polls),
            *self.leavers(stage, until),
            *self.seconded(stage, until),
        ]

    def after(self, stage: Stage, beat: Beat) -> list[Turn]:
        """Return what follows from *beat*: answers to what was asked, registers of sessions that have moved."""
        register = stage.register
        asked = [(d.what, d.subject, d.recipient) for d in beat.dispatches if d.verb is Verb.POLL]
        moved = [event.subject for event in beat.events if event.name in ("session.moved", "session.confirmed")]
        sessions = [register.sessions[subject] for subject in moved if subject in register.sessions]
        polls = [register.polls[key] for key in dict.fromkeys(asked) if key in register.polls]
        return [*self.registers(stage, sessions), *self.answers(stage, polls)]

    def registers(self, stage: Stage, sessions: Iterable[Session]) -> Iterator[Turn]:
        """Yield the arrival of the register of each of *sessions* that is to take place."""
        for session in sessions:
            if session.status is SessionStatus.CONFIRMED and session.ends and session.id not in self.recorded:
                arrives = self.behaviour.register_arrives(session.id, session.ends)
                yield Turn(max(arrives, stage.now), partial(self._register, session))

    def _register(self, was: Session, stage: Stage) -> list[Happening]:
        """Let the coach send the register, unless the session has moved or it is in."""
        session = stage.register.sessions[was.id]
        if (session.status, session.ends) != (SessionStatus.CONFIRMED, was.ends):
            return []
        missing = expected(stage.register, stage.prepared.ruleset, session)
        statuses = self.behaviour.attendance(session.id, missing)
        seen = self.behaviour.engagement(session.id, statuses)
        return [Attended(session=session.id, statuses=statuses, engagement=seen)] if statuses else []

    def answers(self, stage: Stage, polls: Iterable[PollRequest]) -> Iterator[Turn]:
        """Yield the answer to each of *polls* that somebody gives before it closes; registers answer their own."""
        for poll in polls:
            known = stage.prepared.ruleset.polls.get(poll.poll)
            key = (poll.poll, poll.subject, poll.person)
            if known is None or known.kind == "register" or key in self.told:
                continue
            given = self.behaviour.answers(*key, max(poll.opened, stage.now))
            if given is not None and given < poll.closes:
                yield Turn(given, partial(_answer, key))

    def leavers(self, stage: Stage, until: datetime) -> Iterator[Turn]:
        """Yield the withdrawals: as many as the share says, each on a weekday."""
        first, last = self._days(stage, until)
        for person in self.behaviour.chosen("leave", _active(stage, first), self.drop_outs):
            day = self.behaviour.weekday("leave", person, first, last)
            gone = Withdraw(person=person, on=day, reason="made up")
            yield Turn(_morning(stage, day), partial(_if_active, gone))

    def seconded(self, stage: Stage, until: datetime) -> Iterator[Turn]:
        """Yield the secondments and the returns from them, of people who do not withdraw."""
        first, last = self._days(stage, until)
        active = _active(stage, first)
        leaving = self.behaviour.chosen("leave", active, self.drop_outs)
        staying = [person for person in active if person not in leaving]
        away = min(self.secondments * len(active) / max(1, len(staying)), Fraction(1))
        for person in self.behaviour.chosen("go away", staying, away):
            day = self.behaviour.weekday("go away", person, first, last)
            back = day + timedelta(weeks=self.behaviour.weeks_away(person))
            yield Turn(_morning(stage, day), partial(_if_active, Second(person=person, on=day)))
            yield Turn(_morning(stage, back), partial(_if_away, Return(person=person, on=back)))

    def _days(self, stage: Stage, until: datetime) -> tuple[date, date]:
        zone = stage.prepared.ruleset.zone
        return local(stage.now, zone).date() + timedelta(days=1), local(until, zone).date() - timedelta(days=1)


def _active(stage: Stage, day: date) -> list[str]:
    register, active = stage.register, ParticipantStatus.ACTIVE
    return [person for person in register.participants(day) if register.status_of(person, day) is active]


def _morning(stage: Stage, day: date) -> datetime:
    return wall(day, MORNING, stage.prepared.ruleset.zone)


def _answer(key: tuple[str, str, str], stage: Stage) -> list[Happening]:
    poll, subject, person = key
    asked = stage.register.polls.get(key)
    is_open = asked is not None and asked.answered is None and stage.register.people.get(person) is not None
    return [Answered(poll=poll, subject=subject, person=person)] if is_open else []


def _if_active(what: Withdraw | Second, stage: Stage) -> list[Happening]:
    return [what] if stage.register.status_of(what.person, what.on) is ParticipantStatus.ACTIVE else []


def _if_away(what: Return, stage: Stage) -> list[Happening]:
    return [what] if stage.register.status_of(what.person, what.on) is ParticipantStatus.SECONDED else []
