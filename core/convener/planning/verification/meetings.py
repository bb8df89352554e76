"""What the checks of dates look at: one pod, its people on each day, and what everyone is at."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from convener.model import Answer, Coaching, Membership, ProposedSession, Register, on
from convener.rulesets.ruleset import Ruleset

Fault = tuple[str, str]
"""Subject and text of a breach."""
Stretch = tuple[datetime, datetime]
KEPT = {"confirmed", "held"}
"""Statuses of sessions that keep their dates."""


@dataclass(frozen=True, slots=True)
class World:
    """What a check looks at: one pod."""

    ruleset: Ruleset
    register: Register
    pod: str
    memberships: tuple[Membership, ...]
    coachings: tuple[Coaching, ...]
    sessions: tuple[ProposedSession, ...]
    """All of the pod's, by number."""
    said: dict[str, dict[Stretch, Answer]]
    """What each person answered to each stretch of time."""
    now: datetime | None
    busy: "Diaries"

    @property
    def proposed(self) -> list[ProposedSession]:
        """Sessions that are to get a date; those that keep theirs are not judged."""
        return [session for session in self.sessions if session.status not in KEPT]

    def at(self, instant: datetime, person: str = "") -> datetime:
        """Return *instant* on the clock of the programme or of *person*."""
        known = self.register.people.get(person)
        return instant.astimezone(ZoneInfo((known.zone if known else "") or self.ruleset.zone))

    def can(self, person: str, session: ProposedSession) -> bool:
        """Tell whether *person* said yes or if needed to the time of *session*."""
        answer = self.said.get(person, {}).get((session.starts, session.ends))
        return answer in {Answer.YES, Answer.IF_NEEDED}

    def members(self, session: ProposedSession) -> list[str]:
        """Return the members whom *session* is for."""
        return [*session.coming, *session.absent]

    def coach(self, session: ProposedSession) -> str | None:
        """Return the coach on the date of *session*."""
        return next((row.coach for row in on(self.coachings, self.at(session.starts).date())), None)


Diaries = dict[str, list[tuple[datetime, datetime, str]]]
"""For each coach, and each person of several pods, what they are at: start, end and what it is, empty elsewhere."""


def label(session: ProposedSession) -> str:
    """Return the id of *session*."""
    return f"{session.pod}/{session.number}"
