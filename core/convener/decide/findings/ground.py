"""What rules are measured on: the register on a day, with who sits where and what is in the diary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from convener.decide.chronicle import grouped
from convener.decide.index import Index
from convener.decide.moments.timing import wall
from convener.decide.prepared import Prepared
from convener.model import Commitment, Pod, Register, Session, SessionStatus, on
from convener.rulesets.ruleset import Rule, Ruleset

TermsT = TypeVar("TermsT", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session with a time, and the date and people that follow from it."""

    session: Session
    starts: datetime
    ends: datetime
    day: date
    coach: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One register on one day, as rules look at it; what several rules ask for is read once."""

    prepared: Prepared
    index: Index
    at: datetime
    """The instant asked about: sessions that began before it are past."""
    day: date
    """The day whose pods, coaches and managers count."""
    commitments: Sequence[Commitment] = ()
    """What coaches carry in other programmes."""
    only: str = ""
    """Id of the one rule that is asked about; empty for all."""

    @property
    def ruleset(self) -> Ruleset:
        """The rules."""
        return self.prepared.ruleset

    @property
    def register(self) -> Register:
        """The register."""
        return self.index.register

    @property
    def instant(self) -> datetime:
        """The instant at which facts are asked: that asked about, or noon of another day."""
        return self.at if self.index.today(self.at) == self.day else wall(self.day, time(12), self.ruleset.zone)

    def of(self, rule: str) -> "Ground":
        """Return the same ground for the rule of that id alone."""
        return replace(self, only=rule)

    def rules_of(self, terms: type[TermsT], pod: Pod | None = None) -> list[tuple[Rule, TermsT]]:
        """Return the rules of one kind asked about, as they hold for *pod* or everywhere."""
        found = self.ruleset.rules_of(terms, pod.name if pod else "")
        return [each for each in found if self.only in ("", each[0].id)]

    @cached_property
    def members(self) -> Mapping[str, list[str]]:
        """Members by pod on the day, withdrawn people aside."""
        return {pod: self.index.members(pod, self.day) for pod in self.register.pods}

    @cached_property
    def coaches(self) -> Mapping[str, str]:
        """Coach by pod on the day."""
        return {row.pod: row.coach for row in on(self.register.coachings, self.day)}

    @cached_property
    def managers(self) -> Mapping[str, str]:
        """Manager by participant on the day."""
        return {row.person: row.manager for row in on(self.register.managements, self.day)}

    @cached_property
    def meetings(self) -> Mapping[str, list[Meeting]]:
        """Every session that has a time and is not cancelled, by pod and in order of number."""
        found = [
            self._meeting(session, session.starts, session.ends)
            for session in sorted(self.register.sessions.values(), key=lambda session: (session.pod, session.number))
            if session.starts and session.ends and session.status is not SessionStatus.CANCELLED
        ]
        return grouped(found, lambda meeting: meeting.session.pod)

    def _meeting(self, session: Session, starts: datetime, ends: datetime) -> Meeting:
        day = self.index.day_of(session)
        coach = self.index.coach_of(session.pod, day)
        people = tuple(self.index.expected(session))
        return Meeting(session=session, starts=starts, ends=ends, day=day, coach=coach, people=people)

    def pod_of(self, session: Session) -> Pod | None:
        """Return the pod of *session*."""
        return self.register.pods.get(session.pod)

    def address(self, person: str) -> str:
        """Return the address by which rules name *person*, in one letter case."""
        known = self.register.people.get(person)
        return (known.email if known else person).casefold()

    def name(self, person: str) -> str:
        """Return the name of *person*, their id when unknown."""
        known = self.register.people.get(person)
        return known.name if known else person


def ground_of(
    prepared: Prepared,
    register: Register,
    at: datetime,
    *,
    day: date | None = None,
    commitments: Sequence[Commitment] = (),
) -> Ground:
    """Return the ground of *register* at the instant *at*, its pods as on *day* or on the date of *at*."""
    index = Index.of(prepared, register)
    return Ground(prepared=prepared, index=index, at=at, day=day or index.today(at), commitments=commitments)
